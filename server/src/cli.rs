//! The command line. Everything but `serve` and `demo`, which need the pages, is done here.

use crate::{audit, clock::Clock, config::Config, demo, portal::Portal, rng::Rng, store::Store};
use clap::{Parser, Subcommand, ValueEnum};
use kakunin_questionnaires::{catalog, command};
use std::{
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
        /// So many made-up vendors more.
        #[arg(long, default_value_t = 0)]
        vendors: u32,
    },
    /// Evaluate answers against a policy. Needs no database and no server.
    Evaluate(EvaluateFiles),
    /// Check policies, requirement libraries and questionnaires, and list every problem.
    Check {
        /// YAML files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Walk the log's hash chain of every organization.
    VerifyLog(Config),
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

/// Opens the portal that `config` describes, with the demo town where `demo` says how many more vendors it has.
///
/// # Errors
/// Where the database or the file store cannot be opened, or the demo cannot be set up.
pub async fn open(config: Config, demo: Option<u32>) -> anyhow::Result<Arc<Portal>> {
    let portal = Arc::new(Portal::open(config, Clock::System, Rng::system()).await?);
    if let Some(more_vendors) = demo
        && portal.organizations().none_yet().await?
    {
        demo::set_up(&portal, more_vendors).await?;
    }
    Ok(portal)
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
    println!("{text}");
}

fn complain(text: &str) {
    eprintln!("{text}");
}

/// `kakunin verify-log`: 0 where every organization's chain is whole, else 1 with the first event that does not follow.
pub async fn verify_log(config: Config) -> ExitCode {
    match verified(config).await {
        Ok(whole) if whole => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            complain(&format!("kakunin: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn verified(config: Config) -> anyhow::Result<bool> {
    let store = Store::open(&config.database_url()).await?;
    let mut whole = true;
    for organization in store.organizations().await? {
        match audit::verify_chain(&store, organization.id.into()).await? {
            Ok(events) => {
                say(&format!("{} {}: {events} events, the chain is whole", organization.code, organization.name))
            }
            Err(sequence) => {
                whole = false;
                let name = format!("{} {}", organization.code, organization.name);
                complain(&format!(
                    "{name}: event {sequence} does not follow from the one before; the log was changed there"
                ));
            }
        }
    }
    Ok(whole)
}
