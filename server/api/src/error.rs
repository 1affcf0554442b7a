//! The errors both sides speak.
//!
//! They hold codes and field names, never what somebody typed: without JavaScript an error may travel in a URL, and a
//! contractor's words belong in no log. The page turns a code into a sentence that says where, what and what to do.

use serde::{Deserialize, Serialize};

/// Why the portal did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortalError {
    /// Nobody is signed in, or the session has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// There is no such thing, or this person may not know that there is.
    #[error("not found")]
    NotFound,
    /// The person may see it but not do this to it.
    #[error("forbidden")]
    Forbidden,
    /// Something in the form has to be corrected; nothing was stored.
    #[error("{} field(s) to correct", .0.len())]
    Invalid(Vec<FieldError>),
    /// Somebody else changed it first; `current` says what it is now.
    #[error("changed meanwhile: {current}")]
    Conflict {
        /// The present state as a code, such as `decided`.
        current: String,
        /// Who changed it, where known.
        by: Option<String>,
    },
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// After this many seconds another try is accepted.
        retry_after_seconds: u64,
    },
    /// The portal cannot do this at the moment.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours; the log has the same id.
    #[error("internal error {0}")]
    Internal(String),
}

/// One field that has to be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a field. The sentence for each is in `app/locales`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Required and empty.
    Missing,
    /// Longer than the field holds.
    TooLong,
    /// 法人番号: not 13 digits.
    CorporateNumberLength,
    /// 法人番号: the first digit does not fit the others.
    CorporateNumberCheckDigit,
    /// A record with this 法人番号 is in the register already.
    AlreadyRegistered,
    /// A record with much the same name is in the register already; the form asks whether it is the same.
    SimilarRegistered,
    /// Somebody holds this post in that time already.
    PostHeldAlready,
    /// The same person holds another post in that time, and one of the two is held with no other.
    HeldWithAnother,
    /// Several hold the post at once.
    HeldBySeveral,
    /// A post on the contractor's side belongs to an engagement, and is added on its page.
    EngagementMissing,
    /// A post of an engagement belongs to no department of its own.
    EngagementsDepartment,
    /// Where the work of the department goes is settled for a day ahead.
    ReorganizationSettled,
    /// What it is a part of is archived.
    ParentArchived,
    /// Records in use name it.
    StillNamed,
    /// The record cannot be a part of itself.
    Circular,
    /// The same version has been imported already.
    AlreadyImported,
    /// Not katakana.
    NotKana,
    /// Not an e-mail address.
    NotEmail,
    /// Not an address of the web.
    NotUrl,
    /// Not a date in one of the accepted spellings.
    NotDate,
    /// The end is before the start.
    EndBeforeStart,
    /// The date lies in the past.
    InPast,
    /// The day has not come yet.
    InFuture,
    /// Not one of the choices offered.
    NotAChoice,
    /// Not a whole number, or outside the range.
    NotInRange,
    /// Sign-in name or password is wrong; which one is not said.
    WrongCredentials,
    /// The present password is wrong.
    WrongPassword,
    /// The two new passwords differ.
    PasswordsDiffer,
    /// Shorter than 12 characters.
    PasswordTooShort,
    /// Easy to guess: a common word, a name, a pattern.
    PasswordGuessable,
    /// The code is wrong, too old or used already.
    WrongCode,
    /// Somebody or something else has this name or code already.
    NameTaken,
    /// Not six digits.
    NotOrganizationCode,
    /// They have this role here already.
    AlreadyMember,
    /// Nobody may end or change their own role: somebody else has to.
    OwnRole,
    /// The file is larger than 10 MB.
    FileTooLarge,
    /// The file's content is not what its name says, or of a kind that is not accepted.
    FileMislabelled,
    /// The search for malware found some in the file.
    FileMalware,
    /// A reason must be given.
    ReasonMissing,
    /// Questions are still open; the page lists them.
    Incomplete,
    /// Nobody holds the post that decides.
    PostVacant,
    /// The policy file has problems; the page lists them.
    PolicyUnreadable,
    /// The questionnaire has problems; the page lists them.
    QuestionnaireUnreadable,
    /// An id with other characters than small letters, digits and `_`.
    NotAnId,
    /// The scores for A, B and C do not fall.
    ThresholdsNotFalling,
    /// No column holds the questions.
    NoQuestionColumn,
    /// The workbook is behind a password, or in the format of Excel before 2007.
    WorkbookLocked,
    /// The file is no .xlsx workbook.
    WorkbookOther,
    /// The workbook holds more than can be read.
    WorkbookTooLarge,
    /// The workbook breaks off or contradicts itself.
    WorkbookBroken,
    /// Nothing stands in the workbook.
    WorkbookEmpty,
    /// The workbook has parts that Excel never writes.
    WorkbookStrange,
    /// No record of this name is in the register.
    UnknownRecord,
    /// The record of this name or number is archived.
    RecordArchived,
    /// No column holds this field, which no record can be without.
    ColumnMissing,
    /// Several records have this name.
    SeveralRecords,
    /// The same record stands in an earlier row, with other contents.
    TwiceInFile,
    /// The record belongs to a department whose work is not theirs.
    OtherDepartment,
    /// No column holds the name of the record.
    NoTitleColumn,
    /// Two columns hold the same field.
    ColumnTwice,
    /// No row holds the headings of a list of transfers.
    TransferHeadings,
    /// A list says no day, and none was typed.
    DayMissing,
    /// Somebody still has to choose who follows.
    Unresolved,
}

impl FieldError {
    /// `field` has `problem`.
    #[must_use]
    pub fn new(field: impl Into<String>, problem: FieldProblem) -> Self {
        Self { field: field.into(), problem }
    }
}

impl PortalError {
    /// One field has to be corrected.
    #[must_use]
    pub fn invalid(field: impl Into<String>, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError::new(field, problem)])
    }
}

#[cfg(feature = "server-functions")]
impl server_fn::error::FromServerFnError for PortalError {
    type Encoder = server_fn::codec::JsonEncoding;

    fn from_server_fn_error(error: server_fn::error::ServerFnErrorErr) -> Self {
        use server_fn::error::ServerFnErrorErr;
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(Vec::new())
            }
            _ => Self::Unavailable,
        }
    }
}
