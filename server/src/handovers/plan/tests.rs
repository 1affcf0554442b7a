//! Who follows whom, case by case.

use super::*;

fn post(id: u128, department: &str, holder: Option<(&str, &str)>) -> PostNow {
    let text = str::to_owned;
    PostNow {
        key: Uuid::from_u128(id),
        id: Uuid::from_u128(id),
        kind: text("section_officer"),
        title: text("情報セキュリティ管理者"),
        department: text(department),
        terms: holder
            .map(|(name, code)| Holding {
                name: text(name),
                code: text(code),
                starts_on: text("2020-04-01"),
                ..Holding::default()
            })
            .into_iter()
            .collect(),
        ..PostNow::default()
    }
}

fn moves(row: u32, code: &str, from: (&str, &str), to: (&str, &str)) -> Transfer {
    let place = |(department, position): (&str, &str)| {
        (!position.is_empty()).then(|| Place { department: department.to_owned(), position: position.to_owned() })
    };
    let on = "2027-04-01".to_owned();
    Transfer { row, on, code: code.to_owned(), name: String::new(), from: place(from), to: place(to) }
}

fn plan(posts: Vec<PostNow>, transfers: &[Transfer], chosen: &ChooseSuccessors) -> Vec<Touched> {
    let names = BTreeMap::from([("S2".to_owned(), "山田 花子".to_owned())]);
    touched(posts, transfers, &names, chosen)
}

#[test]
fn a_post_is_handed_over_from_one_to_the_other() {
    let list = [
        moves(2, "S1", ("市民課", "課長"), ("納税課", "主任")),
        moves(3, "S2", ("広報課", "主任"), ("市民課", "課長")),
        moves(4, "S3", ("広報課", "主任"), ("図書館", "主任")),
    ];
    let all = plan(
        vec![post(1, "市民課", Some(("渡辺 誠", "S1"))), post(2, "図書館", None)],
        &list,
        &ChooseSuccessors::default(),
    );
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].successor, Successor::Person("山田 花子".to_owned(), "S2".to_owned()));
    assert!(all[0].doubts.is_empty(), "{:?}", all[0].doubts);
}

#[test]
fn everybody_comes_and_leaves_on_their_own_day() {
    let mut list = [moves(2, "S1", ("市民課", "課長"), ("", "")), moves(3, "S2", ("", ""), ("市民課", "課長"))];
    list[1].on = "2027-07-01".to_owned();
    let held = || vec![post(1, "市民課", Some(("渡辺 誠", "S1")))];
    let all = plan(held(), &list, &ChooseSuccessors::default());
    assert_eq!((all[0].leaves_on.as_str(), all[0].comes_on.as_str()), ("2027-04-01", "2027-07-01"));
    assert_eq!(all[0].doubts, [Doubt::Gap]);
    // Whoever comes first ends who leaves later.
    list[1].on = "2027-02-01".to_owned();
    let all = plan(held(), &list, &ChooseSuccessors::default());
    assert_eq!((all[0].leaves_on.as_str(), all[0].comes_on.as_str()), ("2027-02-01", "2027-02-01"));
    // Who is appointed for later already stays.
    let mut posts = held();
    posts[0].terms[0].ends_on = Some("2027-03-31".to_owned());
    let next = Holding {
        appointment: Uuid::from_u128(9),
        name: "後任".to_owned(),
        starts_on: "2027-04-01".to_owned(),
        ..Holding::default()
    };
    posts[0].terms.push(next);
    let all = plan(posts, &list, &ChooseSuccessors::default());
    assert_eq!(all[0].successor, Successor::Stays);
    assert!(all[0].doubts.contains(&Doubt::AppointedAlready));
}

#[test]
fn what_does_not_match_is_said() {
    let several = [moves(2, "S2", ("", ""), ("市民課", "課長")), moves(3, "S4", ("", ""), ("市民課", "課長"))];
    let all = plan(vec![post(1, "市民課", None)], &several, &ChooseSuccessors::default());
    assert_eq!((all[0].doubts.clone(), all[0].successor.clone()), (vec![Doubt::Several], Successor::Stays));
    let chosen = ChooseSuccessors {
        successor: BTreeMap::from([(post(1, "", None).form_key(), "3".to_owned())]),
        ..ChooseSuccessors::default()
    };
    let all = plan(vec![post(1, "市民課", None)], &several, &chosen);
    assert_eq!(all[0].doubts, [Doubt::NameUnknown]);
    let gone = [moves(2, "S1", ("市民課", "課長"), ("", ""))];
    let all = plan(vec![post(1, "市民課", Some(("渡辺 誠", "S1")))], &gone, &ChooseSuccessors::default());
    assert_eq!((all[0].doubts.clone(), all[0].successor.clone()), (vec![Doubt::NobodyComes], Successor::Nobody));
    let all = plan(vec![post(1, "市民課", Some(("誰か", "S9")))], &gone, &ChooseSuccessors::default());
    assert_eq!((all[0].doubts.clone(), all[0].successor.clone()), (vec![Doubt::OtherHolder], Successor::Stays));
    let comes = [moves(3, "S2", ("", ""), ("市民課", "課長"))];
    let all = plan(vec![post(1, "市民課", Some(("渡辺 誠", "S1")))], &comes, &ChooseSuccessors::default());
    assert_eq!(all[0].doubts, [Doubt::NobodyLeaves]);
    // Neither code nor name says whether it is they.
    let gone = [Transfer { code: String::new(), name: String::new(), ..gone[0].clone() }];
    let all = plan(vec![post(1, "市民課", Some(("誰か", "S9")))], &gone, &ChooseSuccessors::default());
    assert_eq!(all[0].doubts, [Doubt::NobodyComes, Doubt::HolderUnsure]);
    // Applied already: whoever comes is there.
    assert!(plan(vec![post(1, "市民課", Some(("山田 花子", "S2")))], &comes, &ChooseSuccessors::default()).is_empty());
}
