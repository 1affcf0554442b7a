//! The command line. Everything but `serve` and `demo`, which need the pages, is done here.

use crate::{
    assessments::replay,
    audit::{
        checkpoint::{self, CheckpointSigner},
        verify,
    },
    clock::{self, Clock},
    config::Config,
    demo,
    excel::{read as workbook, sandbox},
    portal::Portal,
    rng::Rng,
    store::Store,
};
use clap::{Parser, Subcommand, ValueEnum};
use kakunin_api::{PortalError, ids::AssessmentId};
use kakunin_questionnaires::{catalog, command, coverage};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// Kakunin 確認: vendor and cloud-service assurance for Japanese municipalities.
#[derive(Debug, Parser)]
#[command(name = "kakunin", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal.
    Serve(Config),
    /// Serve the portal with the demo town 西東京市, set up where the database is empty.
    Demo {
        /// Settings.
        #[command(flatten)]
        config: Config,
        /// The town.
        #[command(flatten)]
        town: DemoTown,
    },
    /// Bring the database to the present shape, as a role that may; `serve` does so by itself where its own role may.
    Migrate(Config),
    /// Evaluate answers against a policy. Needs no database and no server.
    Evaluate(EvaluateFiles),
    /// Check policies, requirement libraries and questionnaires, and list every problem.
    Check {
        /// YAML files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// What the catalogue that ships holds.
    Catalogue {
        /// Which clause rests on which requirements, and these on which questions and facts: a tab-separated line for each link.
        #[arg(long, required = true)]
        coverage: bool,
        /// Only this policy.
        #[arg(long)]
        policy: Option<String>,
    },
    /// Replay the stored evaluations of an assessment, and say of each whether it still comes out byte for byte.
    Verify {
        /// Its id, as in the address of its page.
        #[arg(long)]
        assessment: AssessmentId,
        /// Settings.
        #[command(flatten)]
        config: Config,
    },
    /// Walk the log's hash chain of every organization, and check its signed checkpoints.
    VerifyLog {
        /// File with further checkpoints, one JSON object a line, such as those printed in evidence workbooks.
        #[arg(long)]
        checkpoints: Option<PathBuf>,
        /// Settings.
        #[command(flatten)]
        config: Config,
    },
    /// Make the first operator of an empty installation, and print the first password.
    AddOperator {
        /// What they sign in with.
        #[arg(long)]
        sign_in_name: String,
        /// 氏名.
        #[arg(long)]
        name: String,
        /// Settings.
        #[command(flatten)]
        config: Config,
    },
    /// Print every route of the portal; for the test of the permission matrix.
    #[command(hide = true)]
    Routes,
    /// What the portal starts to read an uploaded workbook; not for people.
    #[command(hide = true, name = sandbox::COMMAND)]
    ReadWorkbook,
}

/// `kakunin read-workbook`: 0 with what stands in the workbook, or what is wrong with it, on standard output.
#[must_use]
pub fn read_workbook() -> ExitCode {
    match workbook::child() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Which towns the demo has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Towns {
    /// 西東京市.
    One,
    /// With 湯沢町, 柏市, 帯広市 and 府中市.
    All,
}

/// How the demo town is to be.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct DemoTown {
    /// `one`, or `all` five towns of a shared installation.
    #[arg(long, value_enum, default_value_t = Towns::One)]
    pub towns: Towns,
    /// `town`, or a `city` with thousands of made-up records, which takes some minutes to set up.
    #[arg(long, value_enum, default_value_t = Size::Town)]
    pub size: Size,
    /// So many made-up vendors more.
    #[arg(long, default_value_t = 0)]
    pub vendors: u32,
    /// Pretend that it is always this instant, such as 2027-07-01T00:00:00Z: to look at other days.
    #[arg(long)]
    pub at: Option<jiff::Timestamp>,
}

/// How much the demo holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// A few records, to walk through.
    Town,
    /// As many as a city keeps: to look at long lists, and to measure.
    City,
}

/// The files of `kakunin evaluate`.
#[derive(Debug, clap::Args)]
pub struct EvaluateFiles {
    /// Policy (YAML); requirements it only names come from the catalogue that ships.
    #[arg(long)]
    policy: PathBuf,
    /// Questionnaire (YAML).
    #[arg(long)]
    questionnaire: PathBuf,
    /// Answers (JSON).
    #[arg(long)]
    answers: PathBuf,
    /// Facts about the subject (JSON).
    #[arg(long)]
    facts: PathBuf,
    /// The day to evaluate on, such as 2026-11-20.
    #[arg(long)]
    today: String,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How `kakunin evaluate` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For programs.
    Json,
    /// For people.
    Table,
}

/// Opens the portal that `config` describes, with the demo town where one is wanted.
///
/// # Errors
/// Where the database or the file store cannot be opened, or the demo cannot be set up.
pub async fn open(config: Config, demo: Option<DemoTown>) -> anyhow::Result<Arc<Portal>> {
    let clock = demo.and_then(|town| town.at).map_or(Clock::System, Clock::Fixed);
    let portal = Arc::new(Portal::open(config, clock, Rng::system()).await?);
    if let Some(town) = demo
        && portal.organizations().none_yet().await?
    {
        demo::set_up(&portal, town.vendors, town.towns == Towns::All, town.size == Size::City).await?;
    }
    if demo.is_none()
        && let Some(name) = demo::open_account(&portal).await?
    {
        anyhow::bail!(
            "the demo account {name} still opens with the published password; the demo's data is not for real work. \
             Start with an empty database, or `kakunin demo`"
        );
    }
    Ok(portal)
}

/// `kakunin migrate`: 0 where the database has the present shape.
pub async fn migrate(config: Config) -> ExitCode {
    match Store::open(&config.database_url()).await {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("kakunin: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// `kakunin catalogue --coverage`: 0 with the table on standard output and a summary on standard error, 1 where something is linked to nothing, 2 where
/// there is no such policy.
#[must_use]
pub fn coverage(only: Option<&str>) -> ExitCode {
    if only.is_some_and(|id| catalog::policy(id).is_none()) {
        let known: Vec<_> = catalog::policies().map(|policy| policy.id.as_str()).collect();
        eprintln!("kakunin: there is no such policy; the catalogue has {}", known.join(", "));
        return ExitCode::from(2);
    }
    let questionnaires: Vec<_> = catalog::questionnaires().collect();
    let mut unlinked = Vec::new();
    say(&coverage::HEADINGS.join("\t"));
    for policy in catalog::policies().filter(|policy| only.is_none_or(|id| policy.id == id)) {
        let coverage = coverage::coverage(policy, &questionnaires);
        for line in coverage.lines() {
            say(&line.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t"));
        }
        let (clauses, read) = (policy.clauses.len(), coverage.questions().len());
        let reasoned = policy.clauses.iter().filter(|clause| clause.no_requirement.is_some()).count();
        let requirements = policy.requirements.len();
        eprintln!(
            "{}: {clauses} clauses ({reasoned} with a reason for none), {requirements} requirements, {read} questions",
            policy.id
        );
        unlinked.extend(coverage.unlinked().into_iter().map(|what| format!("{}: {what}", policy.id)));
    }
    for what in &unlinked {
        eprintln!("linked to nothing: {what}");
    }
    if unlinked.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// `kakunin evaluate`: 0 with the result on standard output, 2 with every problem on standard error.
#[must_use]
pub fn evaluate(files: &EvaluateFiles) -> ExitCode {
    let format = match files.format {
        Format::Json => command::Format::Json,
        Format::Table => command::Format::Table,
    };
    let texts = [&files.policy, &files.questionnaire, &files.answers, &files.facts].map(|path| read(path));
    let [Ok(policy), Ok(questionnaire), Ok(answers), Ok(facts)] = &texts else {
        for problem in texts.iter().filter_map(|text| text.as_ref().err()) {
            complain(problem);
        }
        return ExitCode::from(2);
    };
    let input = command::Files {
        policy: policy.as_file(),
        questionnaire: questionnaire.as_file(),
        answers: answers.as_file(),
        facts: facts.as_file(),
    };
    let Ok(today) = files.today.parse() else {
        complain(&format!("--today {}: not a day. Write it as 2026-11-20.", files.today));
        return ExitCode::from(2);
    };
    match command::evaluate(&input, &catalog::shelf(), today, format) {
        Ok(result) => {
            say(&result);
            ExitCode::SUCCESS
        }
        Err(problems) => {
            problems.iter().for_each(|problem| complain(&problem.to_string()));
            ExitCode::from(2)
        }
    }
}

/// `kakunin check`: 0 where nothing is wrong, else 2 with every problem on standard error.
#[must_use]
pub fn check(paths: &[PathBuf]) -> ExitCode {
    let (mut files, mut failed) = (Vec::new(), false);
    for path in paths {
        match read(path) {
            Ok(file) => files.push(file),
            Err(problem) => {
                complain(&problem);
                failed = true;
            }
        }
    }
    let files: Vec<command::File<'_>> = files.iter().map(Input::as_file).collect();
    let problems = command::check(&files, &catalog::shelf());
    problems.iter().for_each(|problem| complain(&problem.to_string()));
    if failed || !problems.is_empty() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// A file with its name.
#[derive(Debug)]
struct Input {
    name: String,
    text: String,
}

impl Input {
    fn as_file(&self) -> command::File<'_> {
        command::File { name: &self.name, text: &self.text }
    }
}

fn read(path: &Path) -> Result<Input, String> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|cause| {
        format!("{name}: cannot be read ({cause}). Check the path and that the file is UTF-8 text.")
    })?;
    Ok(Input { name, text })
}

fn say(text: &str) {
    // Whoever reads may have read enough (`| head`): that is no fault.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn complain(text: &str) {
    eprintln!("{text}");
}

/// `kakunin verify --assessment ID`: 0 where every stored evaluation comes out as it was, else 1.
pub async fn verify(config: Config, assessment: AssessmentId) -> ExitCode {
    let replayed = async {
        let portal = Portal::open(config, Clock::System, Rng::system()).await?;
        anyhow::Ok(replay::replay(&portal, assessment).await)
    };
    let replayed = match replayed.await {
        Ok(Ok(replayed)) => replayed,
        Ok(Err(PortalError::NotFound)) => {
            complain(&format!("kakunin: no evaluation is stored for the assessment {assessment}"));
            return ExitCode::FAILURE;
        }
        Ok(Err(error)) => {
            complain(&format!("kakunin: {error}"));
            return ExitCode::FAILURE;
        }
        Err(error) => {
            complain(&format!("kakunin: {error:#}"));
            return ExitCode::FAILURE;
        }
    };
    for one in &replayed {
        let at = clock::minute_in_japan(one.evaluated_at);
        match &one.difference {
            None => say(&format!("{at} {}: byte-identical", one.occasion)),
            Some(difference) => complain(&format!("{at} {}: differs; {difference}", one.occasion)),
        }
    }
    if replayed.iter().all(|one| one.difference.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// `kakunin add-operator`: 0 with the first password on standard output, 1 where there is one already.
pub async fn add_operator(config: Config, sign_in_name: &str, name: &str) -> ExitCode {
    let added = async {
        let portal = Portal::open(config, Clock::System, Rng::system()).await?;
        anyhow::Ok(portal.organizations().add_operator(sign_in_name, name, None).await)
    };
    match added.await {
        Ok(Ok(password)) => {
            say(&format!("{sign_in_name} signs in with {password} and chooses a password of their own"));
            ExitCode::SUCCESS
        }
        Ok(Err(PortalError::Invalid(_))) => {
            complain(
                "kakunin: there is an operator, or an account of this name, already; operators bring in further ones on the page of people",
            );
            ExitCode::FAILURE
        }
        Ok(Err(error)) => {
            complain(&format!("kakunin: {error}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            complain(&format!("kakunin: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// `kakunin verify-log`: 0 where every organization's chain is whole and every checkpoint fits, else 1 with what is wrong.
/// Needs the database and the public half of the key, no running portal.
pub async fn verify_log(config: Config, checkpoints: Option<&Path>) -> ExitCode {
    match verified(config, checkpoints).await {
        Ok(whole) if whole => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            complain(&format!("kakunin: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn verified(config: Config, further: Option<&Path>) -> anyhow::Result<bool> {
    let store = Store::open(&config.database_url()).await?;
    let public_key = CheckpointSigner::open(&config.signing_key(), &Rng::system())?.public_key();
    let mut kept = checkpoint::read_file(&config.data.join(checkpoint::CHECKPOINTS_FILE))?;
    if let Some(path) = further {
        kept.extend(checkpoint::read_file(path)?);
    }
    let mut whole = true;
    for organization in store.organizations().await? {
        let mut checkpoints = store.checkpoints(organization.id.into()).await?;
        checkpoints.extend(kept.iter().filter(|one| one.organization_id == organization.id).cloned());
        let signed = checkpoints.len();
        let name = format!("{} {}", organization.code, organization.name);
        match verify::verify(&store, organization.id.into(), checkpoints, &public_key).await? {
            Ok(events) => say(&format!("{name}: {events} events, the chain is whole, {signed} checkpoints fit")),
            Err(broken) => {
                whole = false;
                complain(&format!("{name}: {broken}"));
            }
        }
    }
    Ok(whole)
}
