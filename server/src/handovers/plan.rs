//! Which posts a list of transfers touches, who leaves them and who comes, and what somebody has to say about it.

use super::transfers::{Place, Transfer};
use crate::registers::schema::{Choice, offices::POST_KINDS};
use jiff::civil::Date;
use kakunin_api::{handovers::ChooseSuccessors, normalized};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Most people offered for a post; more than a few come to none.
const MOST_CANDIDATES: usize = 50;

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
    /// The service or account it is attached to.
    pub attached: String,
    /// Whether several may hold it.
    pub shared: bool,
    /// Who holds it or is appointed for later, from the day before the list's first on, in order.
    pub terms: Vec<Holding>,
    /// Of a post that several hold, the others.
    pub beside: Vec<Holding>,
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
    /// Its first day, ISO.
    pub starts_on: String,
    /// Its last day, where one is set; ISO.
    pub ends_on: Option<String>,
}

impl Holding {
    /// Whether it holds on the day before this one.
    fn holds_before(&self, day: &str) -> bool {
        self.starts_on.as_str() < day && self.ends_on.as_deref().is_none_or(|last| last >= day || is_eve(last, day))
    }
}

/// Whether a day is the day before another.
fn is_eve(day: &str, next: &str) -> bool {
    let parsed = day.parse::<Date>().ok().and_then(|day| day.tomorrow().ok());
    parsed.is_some_and(|tomorrow| tomorrow.to_string() == next)
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
    /// Somebody is appointed for later already: the post stays as it is, or that appointment is ended first.
    AppointedAlready,
    /// Whether the holder is who leaves cannot be told: neither code nor name is there on both sides.
    HolderUnsure,
    /// Whoever comes begins later than the other one leaves: the post is vacant in between.
    Gap,
    /// "Somebody else" is chosen, and nobody is named.
    NameNeeded,
}

impl Doubt {
    /// Whether it has to be resolved before anything is done.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::Several | Self::NameNeeded)
    }
}

/// A post that the list touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The post.
    pub post: PostNow,
    /// Who holds it on the day before.
    pub holder: Option<Holding>,
    /// The day on which its holder is no longer there, ISO.
    pub leaves_on: String,
    /// The day on which whoever comes begins, ISO.
    pub comes_on: String,
    /// Whether the list says that its holder leaves.
    pub leaves: bool,
    /// Who is appointed for later already.
    pub later: Option<String>,
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
}

/// A holder with what they are compared by: code and name.
struct HolderKeys(Option<(String, String)>);

impl PostKeys {
    fn new(post: &PostNow) -> Self {
        let kind = POST_KINDS.iter().find(|choice: &&Choice| choice.code == post.kind);
        Self {
            department: key(&post.department),
            usual_position: key(usual_position(post)),
            titles: [key(&post.title), kind.map(|choice| key(choice.words.ja)).unwrap_or_default()],
        }
    }

    /// Whether a place is this post: its position in its department, or the post by its own title.
    fn is_at(&self, place: &Option<(String, String)>) -> bool {
        let Some((department, position)) = place else { return false };
        let here = *department == self.department;
        let by_position = here && !department.is_empty() && !position.is_empty() && *position == self.usual_position;
        by_position || here && self.titles.contains(position)
    }
}

impl HolderKeys {
    fn new(holder: Option<&Holding>) -> Self {
        Self(holder.map(|holder| (key(&holder.code), key(&holder.name))))
    }

    /// Whether a transfer is about the holder.
    fn is_holder(&self, transfer: &Keyed<'_>) -> bool {
        let Some((code, name)) = &self.0 else { return false };
        let same_code = !code.is_empty() && *code == transfer.code;
        let uncoded = code.is_empty() || transfer.code.is_empty();
        same_code || uncoded && !name.is_empty() && *name == transfer.name
    }

    /// Whether a transfer says the holder's code.
    fn has_code_of(&self, transfer: &Keyed<'_>) -> bool {
        self.0.as_ref().is_some_and(|(code, _)| !code.is_empty() && *code == transfer.code)
    }

    /// Whether a transfer cannot be about the holder.
    fn is_another(&self, transfer: &Keyed<'_>) -> bool {
        let Some((code, name)) = &self.0 else { return false };
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
        // Whoever leaves is held against who is there on the day before they leave.
        let holder_before = |day: &str| post.terms.iter().find(|term| term.holds_before(day));
        let days: BTreeSet<&str> = transfers.iter().map(|transfer| transfer.transfer.on.as_str()).collect();
        let by_day: BTreeMap<&str, HolderKeys> =
            days.into_iter().map(|day| (day, HolderKeys::new(holder_before(day)))).collect();
        let nobody = HolderKeys(None);
        let about = |transfer: &Keyed<'_>| by_day.get(transfer.transfer.on.as_str()).unwrap_or(&nobody);
        let terms: Vec<HolderKeys> =
            post.terms.iter().chain(&post.beside).map(|term| HolderKeys::new(Some(term))).collect();
        let leaves = transfers.iter().find(|transfer| {
            let holder = about(transfer);
            let from_here = || keys.is_at(&transfer.from) && holder.0.is_some() && !holder.is_another(transfer);
            !keys.is_at(&transfer.to) && (holder.is_holder(transfer) || from_here())
        });
        let other =
            transfers.iter().find(|transfer| keys.is_at(&transfer.from) && about(transfer).is_another(transfer));
        // Whoever comes may be there already: the list has been applied. A further holder of a shared post only leaves.
        let is_further = post.key != post.id;
        let is_there = |transfer: &Keyed<'_>| terms.iter().any(|term| term.is_holder(transfer));
        let comes = |transfer: &&Keyed<'_>| !is_further && keys.is_at(&transfer.to) && !is_there(transfer);
        let comes: Vec<&Transfer> =
            transfers.iter().filter(comes).take(MOST_CANDIDATES).map(|keyed| keyed.transfer).collect();
        // A name alone may be a namesake's, who leaves another place.
        let by_name_elsewhere = leaves.is_some_and(|leaves| {
            !about(leaves).has_code_of(leaves) && leaves.from.is_some() && !keys.is_at(&leaves.from)
        });
        let sure = leaves.is_none_or(|leaves| about(leaves).is_holder(leaves)) && !by_name_elsewhere;
        let (leaves, other) = (leaves.map(|keyed| keyed.transfer), other.map(|keyed| keyed.transfer));
        if leaves.is_some() || other.is_some() || !comes.is_empty() {
            all.push(resolved(post, (&comes, leaves, other), (sure, by_name_elsewhere), &known, chosen));
        }
    }
    all.sort_by_key(|touched| {
        let blocks = touched.doubts.iter().any(|doubt| doubt.blocks());
        (!blocks, touched.doubts.is_empty())
    });
    all
}

fn resolved(
    post: PostNow,
    (comes, leaves, other): (&[&Transfer], Option<&Transfer>, Option<&Transfer>),
    (sure, by_name_elsewhere): (bool, bool),
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
    let usual = match (comes, leaves) {
        ([one], _) => one.row.to_string(),
        ([], Some(_)) if by_name_elsewhere => "stays".to_owned(),
        ([], Some(_)) => "nobody".to_owned(),
        ([], None) => "stays".to_owned(),
        // A name alone is somebody else.
        _ if !typed.is_empty() => "other".to_owned(),
        _ => String::new(),
    };
    let choice = chosen.successor.get(&id).filter(|choice| !choice.is_empty()).cloned().unwrap_or(usual);
    let row = comes.iter().find(|transfer| transfer.row.to_string() == choice);
    // Each on their own day.
    let first = || leaves.or(comes.first().copied()).or(other).map(|transfer| transfer.on.clone()).unwrap_or_default();
    let comes_on = row.map(|transfer| transfer.on.clone()).unwrap_or_else(first);
    let leaves_on = leaves.map_or_else(|| comes_on.clone(), |transfer| transfer.on.clone());
    // Nobody holds a post that one holds beside whoever comes.
    let leaves_on = if row.is_some() && comes_on < leaves_on && !post.shared { comes_on.clone() } else { leaves_on };
    let holder = post.terms.iter().find(|term| term.holds_before(&leaves_on)).cloned();
    let later = post.terms.iter().find(|term| {
        Some(term.appointment) != holder.as_ref().map(|holder| holder.appointment)
            && term.ends_on.as_deref().is_none_or(|last| last >= comes_on.as_str())
            && !post.shared
    });
    let later = later.map(|term| term.name.clone());
    // What is appointed already counts before what a list says.
    let is_chosen = chosen.successor.contains_key(&id);
    let choice = if later.is_some() && !is_chosen { "stays".to_owned() } else { choice };
    let row = row.filter(|transfer| transfer.row.to_string() == choice);
    let mut doubts = Vec::new();
    let successor = match (choice.as_str(), row) {
        ("nobody", _) => Successor::Nobody,
        ("other", _) if !typed.is_empty() => Successor::Person(typed.clone(), String::new()),
        ("other", _) => {
            doubts.push(Doubt::NameNeeded);
            Successor::Stays
        }
        (_, Some(transfer)) => {
            let name = if typed.is_empty() { name_of(transfer) } else { typed.clone() };
            if name.is_empty() {
                doubts.push(Doubt::NameUnknown);
            }
            let name = if name.is_empty() { transfer.code.clone() } else { name };
            Successor::Person(name, transfer.code.clone())
        }
        ("", _) => {
            doubts.push(Doubt::Several);
            Successor::Stays
        }
        _ => Successor::Stays,
    };
    let comes_somebody = matches!(successor, Successor::Person(..));
    let is_held =
        holder.as_ref().is_some_and(|holder| holder.ends_on.as_deref().is_none_or(|last| last >= leaves_on.as_str()));
    let questions = [
        (comes_somebody && is_held && leaves.is_none() && !post.shared, Doubt::NobodyLeaves),
        (comes.is_empty() && leaves.is_some(), Doubt::NobodyComes),
        (other.is_some() && leaves.is_none(), Doubt::OtherHolder),
        (later.is_some(), Doubt::AppointedAlready),
        (leaves.is_some() && !sure, Doubt::HolderUnsure),
        (comes_somebody && leaves.is_some() && leaves_on < comes_on, Doubt::Gap),
    ];
    doubts.extend(questions.into_iter().filter(|(asked, _)| *asked).map(|(_, doubt)| doubt));
    let candidates = comes.iter().map(|transfer| Transfer { name: name_of(transfer), ..(*transfer).clone() }).collect();
    Touched {
        post,
        holder,
        leaves_on,
        comes_on,
        leaves: leaves.is_some(),
        later,
        candidates,
        choice,
        typed,
        successor,
        doubts,
    }
}

#[cfg(test)]
mod tests;
