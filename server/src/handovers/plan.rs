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
    /// The name that was typed, instead of what the list says.
    pub typed: String,
    /// Who follows.
    pub successor: Successor,
    /// What should be looked at.
    pub doubts: Vec<Doubt>,
}

/// The position that goes with a post where nobody has said another one: security duties go with the post a person holds
/// (課長 of a section, 部長 of a bureau).
fn usual_position(post: &PostNow) -> &str {
    match post.kind.as_str() {
        _ if !post.usual_position.is_empty() => &post.usual_position,
        "section_officer" | "service_officer" | "account_officer" => "課長",
        "bureau_officer" => "部長",
        _ => "",
    }
}

fn key(text: &str) -> String {
    normalized::search_key(text)
}

/// A transfer with what it is compared by: every post is held against every transfer.
struct Keyed<'t> {
    transfer: &'t Transfer,
    from: Option<(String, String)>,
    to: Option<(String, String)>,
    code: String,
    name: String,
}

impl<'t> Keyed<'t> {
    fn new(transfer: &'t Transfer) -> Self {
        let place = |place: &Option<Place>| place.as_ref().map(|place| (key(&place.department), key(&place.position)));
        let (from, to) = (place(&transfer.from), place(&transfer.to));
        Self { transfer, from, to, code: key(&transfer.code), name: key(&transfer.name) }
    }
}

/// A post with what it is compared by.
struct PostKeys {
    department: String,
    usual_position: String,
    titles: [String; 2],
    /// The holder's code and name.
    holder: Option<(String, String)>,
}

impl PostKeys {
    fn new(post: &PostNow) -> Self {
        let kind = POST_KINDS.iter().find(|choice: &&Choice| choice.code == post.kind);
        Self {
            department: key(&post.department),
            usual_position: key(usual_position(post)),
            titles: [key(&post.title), kind.map(|choice| key(choice.words.ja)).unwrap_or_default()],
            holder: post.holder.as_ref().map(|holder| (key(&holder.code), key(&holder.name))),
        }
    }

    /// Whether a place is this post: its position in its department, or the post by its own title.
    fn is_at(&self, place: &Option<(String, String)>) -> bool {
        let Some((department, position)) = place else { return false };
        let here = *department == self.department;
        let by_position = here && !department.is_empty() && !position.is_empty() && *position == self.usual_position;
        by_position || (here || department.is_empty()) && self.titles.contains(position)
    }

    /// Whether a transfer is about the holder.
    fn is_holder(&self, transfer: &Keyed<'_>) -> bool {
        let Some((code, name)) = &self.holder else { return false };
        let same_code = !code.is_empty() && *code == transfer.code;
        let uncoded = code.is_empty() || transfer.code.is_empty();
        same_code || uncoded && !name.is_empty() && *name == transfer.name
    }

    /// Whether a transfer cannot be about the holder.
    fn is_another(&self, transfer: &Keyed<'_>) -> bool {
        let Some((code, name)) = &self.holder else { return false };
        let differ = |one: &String, other: &String| !one.is_empty() && !other.is_empty() && one != other;
        differ(code, &transfer.code) || differ(name, &transfer.name)
    }
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
    let transfers: Vec<Keyed<'_>> = transfers.iter().map(Keyed::new).collect();
    let mut all: Vec<Touched> = Vec::new();
    for post in posts {
        let keys = PostKeys::new(&post);
        let leaves = transfers.iter().find(|transfer| {
            let from_here = || keys.is_at(&transfer.from) && keys.holder.is_some() && !keys.is_another(transfer);
            !keys.is_at(&transfer.to) && (keys.is_holder(transfer) || from_here())
        });
        let other = transfers.iter().find(|transfer| keys.is_at(&transfer.from) && keys.is_another(transfer));
        // Whoever comes may be there already: the list has been applied. A further holder of a shared post only leaves.
        let is_further = post.key != post.id;
        let comes = |transfer: &&Keyed<'_>| !is_further && keys.is_at(&transfer.to) && !keys.is_holder(transfer);
        let comes: Vec<&Transfer> = transfers.iter().filter(comes).map(|keyed| keyed.transfer).collect();
        let (leaves, other) = (leaves.map(|keyed| keyed.transfer), other.map(|keyed| keyed.transfer));
        let Some(on) = leaves.or(comes.first().copied()).or(other).map(|transfer| transfer.on.clone()) else {
            continue;
        };
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
    // As the list says it, else as an earlier appointment does.
    let name_of = |transfer: &Transfer| {
        let by_code = || known.get(&key(&transfer.code)).map(|name| (*name).clone()).unwrap_or_default();
        if transfer.name.is_empty() { by_code() } else { transfer.name.clone() }
    };
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
            let name = if typed.is_empty() { name_of(transfer) } else { typed.clone() };
            if name.is_empty() {
                doubts.push(Doubt::NameUnknown);
            }
            let name = if name.is_empty() { transfer.code.clone() } else { name };
            Successor::Person(name, transfer.code.clone())
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
    let candidates = comes.iter().map(|transfer| Transfer { name: name_of(transfer), ..(*transfer).clone() }).collect();
    Touched { post, on, leaves: leaves.is_some(), candidates, choice, typed, successor, doubts }
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
