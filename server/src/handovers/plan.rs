//! Which posts a list of transfers touches, who leaves them and who comes, and what somebody has to say about it.

use super::transfers::{Place, Transfer};
use crate::registers::schema::{Choice, offices::POST_KINDS};
use kakunin_api::{handovers::ChooseSuccessors, normalized};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A post with whoever holds it on the day before, and whoever follows already.
#[derive(Clone, Debug, Default)]
pub struct PostNow {
    /// By what a form names it: the post, or the appointment of a further holder.
    pub key: Uuid,
    /// The post.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// 職名.
    pub title: String,
    /// The department it is attached to.
    pub department: String,
    /// The position that goes with it, where the organization has said one.
    pub usual_position: String,
    /// Whether several may hold it.
    pub shared: bool,
    /// Who holds it.
    pub holder: Option<Holding>,
    /// Who is appointed for later already.
    pub later: Option<String>,
}

impl PostNow {
    /// By what a form names it. A letter comes first: the reader of forms takes what begins with a digit for a place in a list.
    #[must_use]
    pub fn form_key(&self) -> String {
        format!("p{}", self.key)
    }
}

/// An appointment that goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// The appointment.
    pub appointment: Uuid,
    /// Its version.
    pub version: i64,
    /// 氏名.
    pub name: String,
    /// 氏名コード.
    pub code: String,
    /// Its last day, where one is set; ISO.
    pub ends_on: Option<String>,
}

/// Who follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Successor {
    /// Nothing changes.
    Stays,
    /// Nobody: the post is vacant from the day on.
    Nobody,
    /// Somebody: name and code.
    Person(String, String),
}

/// What should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// Several come to a post that one holds: somebody has to choose.
    Several,
    /// The list says a code and no name.
    NameUnknown,
    /// Somebody comes, and whoever holds the post is not said to leave.
    NobodyLeaves,
    /// Whoever holds the post leaves, and nobody comes.
    NobodyComes,
    /// Somebody else than the holder is said to leave it.
    OtherHolder,
    /// Somebody is appointed for later already.
    AppointedAlready,
}

impl Doubt {
    /// Whether it has to be resolved before anything is done.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::Several)
    }
}

/// A post that the list touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The post.
    pub post: PostNow,
    /// The day on which it changes, ISO.
    pub on: String,
    /// Whether the list says that its holder leaves.
    pub leaves: bool,
    /// Those who come to it by the list.
    pub candidates: Vec<Transfer>,
    /// What is chosen: `stays`, `nobody`, `other`, or the number of a row.
    pub choice: String,
    /// Who follows.
    pub successor: Successor,
    /// What should be looked at.
    pub doubts: Vec<Doubt>,
}

/// The position that goes with a post where nobody has said another one: security duties go with the post a person holds
/// (課長 of a section, 部長 of a bureau).
fn position_of(post: &PostNow) -> String {
    if !post.usual_position.is_empty() {
        return key(&post.usual_position);
    }
    let usual = match post.kind.as_str() {
        "section_officer" | "service_officer" | "account_officer" => "課長",
        "bureau_officer" => "部長",
        _ => "",
    };
    usual.to_owned()
}

fn key(text: &str) -> String {
    normalized::search_key(text)
}

/// Whether a place is this post: its position in its department, or the post by its own title.
fn is_post(post: &PostNow, place: &Place) -> bool {
    let (department, position) = (key(&place.department), key(&place.position));
    let own = key(&post.department);
    let kind = POST_KINDS.iter().find(|choice: &&Choice| choice.code == post.kind).map(|choice| key(choice.words.ja));
    let titled = position == key(&post.title) || kind.is_some_and(|kind| kind == position);
    let usual = position_of(post);
    let by_position = !usual.is_empty() && position == usual && !own.is_empty() && department == own;
    by_position || titled && (department == own || department.is_empty())
}

/// Whether a transfer is about this person.
fn is_person(holding: &Holding, transfer: &Transfer) -> bool {
    let (code, name) = (key(&transfer.code), key(&transfer.name));
    let same_code = !code.is_empty() && code == key(&holding.code);
    let same_name = (code.is_empty() || holding.code.is_empty()) && !name.is_empty() && name == key(&holding.name);
    same_code || same_name
}

/// Whether a transfer cannot be about this person.
fn is_another(holding: &Holding, transfer: &Transfer) -> bool {
    let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && key(one) != key(other);
    differ(&holding.code, &transfer.code) || differ(&holding.name, &transfer.name)
}

/// Every post that the list touches, those to be resolved first. `names` are people known by their codes.
#[must_use]
pub fn touched(
    posts: Vec<PostNow>,
    transfers: &[Transfer],
    names: &BTreeMap<String, String>,
    chosen: &ChooseSuccessors,
) -> Vec<Touched> {
    let known: HashMap<String, &String> = names.iter().map(|(code, name)| (key(code), name)).collect();
    let mut all: Vec<Touched> = Vec::new();
    for post in posts {
        let comes: Vec<&Transfer> =
            transfers.iter().filter(|transfer| transfer.to.as_ref().is_some_and(|to| is_post(&post, to))).collect();
        let from_here = |transfer: &Transfer| transfer.from.as_ref().is_some_and(|from| is_post(&post, from));
        let holder = post.holder.as_ref();
        let leaves = transfers.iter().find(|transfer| {
            let stays = transfer.to.as_ref().is_some_and(|to| is_post(&post, to));
            let is_holder =
                |holder: &Holding| is_person(holder, transfer) || from_here(transfer) && !is_another(holder, transfer);
            !stays && holder.is_some_and(is_holder)
        });
        let other = transfers
            .iter()
            .find(|transfer| from_here(transfer) && holder.is_some_and(|holder| is_another(holder, transfer)));
        // Whoever comes is there already: the list has been applied.
        let is_there = |transfer: &&Transfer| post.holder.as_ref().is_some_and(|holder| is_person(holder, transfer));
        let is_further = post.key != post.id;
        let comes: Vec<&Transfer> = comes.into_iter().filter(|transfer| !is_further && !is_there(transfer)).collect();
        let Some(on) = leaves.or(comes.first().copied()).or(other).map(|transfer| transfer.on.clone()) else {
            continue;
        };
        // Posts without a holder whom nobody comes to are not touched.
        if comes.is_empty() && leaves.is_none() && other.is_none() {
            continue;
        }
        all.push(resolved(post, on, (&comes, leaves, other), &known, chosen));
    }
    all.sort_by_key(|touched| {
        let blocks = touched.doubts.iter().any(|doubt| doubt.blocks());
        (!blocks, touched.doubts.is_empty())
    });
    all
}

fn resolved(
    post: PostNow,
    on: String,
    (comes, leaves, other): (&[&Transfer], Option<&Transfer>, Option<&Transfer>),
    known: &HashMap<String, &String>,
    chosen: &ChooseSuccessors,
) -> Touched {
    let id = post.form_key();
    let typed = chosen.name.get(&id).map(|name| normalized::line(name)).unwrap_or_default();
    let only = match comes {
        [one] => Some(one.row.to_string()),
        _ => None,
    };
    let usual = match (comes, leaves, &only) {
        _ if post.later.is_some() => "stays".to_owned(),
        (_, _, Some(row)) => row.clone(),
        ([], Some(_), _) => "nobody".to_owned(),
        ([], None, _) => "stays".to_owned(),
        _ => String::new(),
    };
    let choice = chosen.successor.get(&id).filter(|choice| !choice.is_empty()).cloned().unwrap_or(usual);
    let row = comes.iter().find(|transfer| transfer.row.to_string() == choice);
    let mut doubts = Vec::new();
    let successor = match (choice.as_str(), row) {
        ("nobody", _) => Successor::Nobody,
        ("other", _) if !typed.is_empty() => Successor::Person(typed.clone(), String::new()),
        (_, Some(transfer)) => {
            let listed = Some(transfer.name.clone()).filter(|name| !name.is_empty());
            let by_code = known.get(&key(&transfer.code)).map(|name| (*name).clone());
            let name = Some(typed.clone()).filter(|typed| !typed.is_empty()).or(listed).or(by_code);
            if name.is_none() {
                doubts.push(Doubt::NameUnknown);
            }
            Successor::Person(name.unwrap_or_else(|| transfer.code.clone()), transfer.code.clone())
        }
        ("", _) | ("other", _) => {
            doubts.push(Doubt::Several);
            Successor::Stays
        }
        _ => Successor::Stays,
    };
    let comes_somebody = matches!(successor, Successor::Person(..));
    if comes_somebody && post.holder.is_some() && leaves.is_none() && !post.shared {
        doubts.push(Doubt::NobodyLeaves);
    }
    if comes.is_empty() && leaves.is_some() {
        doubts.push(Doubt::NobodyComes);
    }
    if other.is_some() && leaves.is_none() {
        doubts.push(Doubt::OtherHolder);
    }
    if post.later.is_some() {
        doubts.push(Doubt::AppointedAlready);
    }
    let candidates = comes.iter().map(|transfer| (*transfer).clone()).collect();
    Touched { post, on, leaves: leaves.is_some(), candidates, choice, successor, doubts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: u128, department: &str, holder: Option<(&str, &str)>) -> PostNow {
        let text = str::to_owned;
        PostNow {
            key: Uuid::from_u128(id),
            id: Uuid::from_u128(id),
            kind: text("section_officer"),
            title: text("情報セキュリティ管理者"),
            department: text(department),
            holder: holder.map(|(name, code)| Holding { name: text(name), code: text(code), ..Holding::default() }),
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
        // Applied already: whoever comes is there.
        assert!(
            plan(vec![post(1, "市民課", Some(("山田 花子", "S2")))], &comes, &ChooseSuccessors::default()).is_empty()
        );
    }
}
