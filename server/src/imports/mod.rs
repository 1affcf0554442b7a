//! Excel in: a list as somebody keeps it becomes records of a register, after a trial that shows what would become of every
//! row.
//!
//! The trial is the import itself, taken back: it meets the same rules, constraints and rows, so it cannot promise what the
//! import does not keep. Knows no file format: what stands in the workbook comes as a [`Grid`].

pub mod cells;
pub mod columns;
mod draft;
pub mod held;
mod judge;
mod known;
mod make;
mod names;
pub mod outcome;
pub mod running;

use crate::{
    error::internal,
    for_register,
    grid::{Grid, Line, Row, column_name, column_number},
    permission::{self, Actor, ImportRecords},
    portal::Portal,
    registers::{
        FormCheck,
        kinds::RecordKind,
        scale::Scale,
        schema::{Kind, REGISTERS, Register},
    },
    store::{AuditEvent, records::Import},
};
use columns::Columns;
use held::Held;
use kakunin_api::{FieldProblem, PortalError, ids::ImportId, imports::MapImport};
use kakunin_questionnaires::text::Language;
use outcome::Outcome;
use running::{Purpose, Running};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Rows looked at to tell columns apart.
const LOOKED_AT: i64 = 60;
/// Sheets looked at to find the list.
const SHEETS: usize = 5;
/// Rows stored at a time.
const STORED_AT_ONCE: usize = 500;
/// Longest name of a file that is kept, in characters.
const NAME_CHARACTERS: usize = 120;

/// The service of imports.
#[derive(Clone, Copy, Debug)]
pub struct Imports<'p>(pub(crate) &'p Arc<Portal>);

/// A sheet of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetOf {
    /// Its name.
    pub name: String,
    /// How many rows have anything in them.
    pub rows: u32,
}

/// What a page shows of an import.
#[derive(Clone, Debug)]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// The register it is for.
    pub register: &'static Register,
    /// The file's name.
    pub file_name: String,
    /// Its sheets.
    pub sheets: Vec<SheetOf>,
    /// How far it is.
    pub step: Step,
}

/// How far an import is.
#[derive(Clone, Debug)]
pub enum Step {
    /// Somebody has to say what the columns hold.
    Columns(Box<Columns>),
    /// It is being tried, or brought in.
    Running(Running),
    /// It has been tried; the name of the sheet, and what would become of it.
    Checked(String, Box<Outcome>),
    /// It has been brought in.
    Applied(String, Box<Outcome>),
}

/// A mapping as the import goes by it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) sheet: usize,
    pub(crate) heading_row: u32,
    pub(crate) columns: Vec<(u16, Held)>,
    pub(crate) headings: BTreeMap<u16, String>,
    /// What more than one column holds.
    pub(crate) several: BTreeSet<String>,
    pub(crate) fill: BTreeSet<u16>,
    pub(crate) assumed: BTreeMap<String, String>,
    pub(crate) add_departments: bool,
}

impl Imports<'_> {
    /// Whether `actor` may bring lists into the register of this key.
    ///
    /// # Errors
    /// NotFound where there is no such register, Forbidden.
    pub fn may(&self, actor: &Actor, register: &str) -> Result<&'static Register, PortalError> {
        permission::listing(ImportRecords, actor)?;
        for_register!(register, |K| may_all::<K>(actor).map(|()| K::REGISTER))
    }

    /// The newest imports into a register.
    ///
    /// # Errors
    /// NotFound, Forbidden.
    pub async fn list(&self, actor: &Actor, register: &str) -> Result<Vec<Import>, PortalError> {
        self.may(actor, register)?;
        let permit = permission::listing(ImportRecords, actor)?;
        self.0.store.imports_of(&permit, register).await
    }

    /// Keeps what stands in an uploaded workbook, row by row.
    ///
    /// # Errors
    /// NotFound, Forbidden.
    pub async fn upload(
        &self,
        actor: &Actor,
        register: &str,
        (file_name, sha256): (&str, &str),
        grid: &Grid,
    ) -> Result<ImportId, PortalError> {
        let portal = self.0;
        let register = self.may(actor, register)?;
        let permit = permission::listing(ImportRecords, actor)?;
        let mut sheets: Vec<SheetOf> = Vec::new();
        for line in grid.lines() {
            match (line, sheets.last_mut()) {
                (Line::Sheet(name), _) => sheets.push(SheetOf { name, rows: 0 }),
                (Line::Row(_), Some(sheet)) => sheet.rows += 1,
                _ => {}
            }
        }
        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let row = Import {
            id,
            organization_id: writing.organization(),
            register: register.key.to_owned(),
            // What somebody for the whole organization brings in may say what a department's officers do not see.
            department_id: match (actor, permit.departments()) {
                (Actor::Staff(staff), Some(_)) => Some(staff.department.0),
                _ => None,
            },
            file_name: file_name.chars().take(NAME_CHARACTERS).collect(),
            file_sha256: sha256.to_owned(),
            sheets: serde_json::to_string(&sheets).map_err(internal)?,
            state: "uploaded".to_owned(),
            mapping: String::new(),
            outcome: String::new(),
            uploaded_at: writing.at_ms(),
            uploaded_by: writing.by().to_owned(),
            applied_at: None,
        };
        writing.keep_import(row).await?;
        let (mut sheet, mut kept): (i64, Vec<(i64, Row)>) = (-1, Vec::new());
        for line in grid.lines() {
            match line {
                Line::Sheet(_) => sheet += 1,
                Line::Row(row) => kept.push((sheet, row)),
                Line::End | Line::Problem(_) => {}
            }
            if kept.len() >= STORED_AT_ONCE {
                writing.keep_import_rows(id, &kept).await?;
                kept.clear();
            }
        }
        writing.keep_import_rows(id, &kept).await?;
        let detail = json!({ "uploaded": register.key, "file_sha256": sha256 });
        writing.commit(AuditEvent::about("import", id, detail)).await?;
        Ok(ImportId(id))
    }

    /// An import as its page shows it. `typed` is the form as it was refused, or as another sheet was chosen in it; `columns`
    /// asks for the step in which columns are told apart, once more.
    ///
    /// # Errors
    /// NotFound, Forbidden.
    pub async fn view(
        &self,
        actor: &Actor,
        id: ImportId,
        typed: Option<MapImport>,
        columns: bool,
    ) -> Result<ImportView, PortalError> {
        let tenant = self.0.store.tenant(actor);
        tenant.import(id).to(ImportRecords, actor).await?;
        let running = self.0.imports_running.look_at(id).await?;
        // What has just ended has changed it.
        let (row, _) = tenant.import(id).to(ImportRecords, actor).await?;
        let register = self.may(actor, &row.register)?;
        let sheets: Vec<SheetOf> = serde_json::from_str(&row.sheets).map_err(internal)?;
        let outcome = || serde_json::from_str::<Outcome>(&row.outcome).map(Box::new).map_err(internal);
        let sheet_name = || {
            let told: MapImport = serde_json::from_str(&row.mapping).unwrap_or_default();
            let sheet = told.sheet.parse().ok().and_then(|index: usize| sheets.get(index));
            sheet.map(|sheet| sheet.name.clone()).unwrap_or_default()
        };
        let step = match (running, row.state.as_str()) {
            (Some(running), _) => Step::Running(running),
            (None, "applied") => Step::Applied(sheet_name(), outcome()?),
            (None, "checked") if !columns && typed.is_none() => Step::Checked(sheet_name(), outcome()?),
            _ => Step::Columns(Box::new(self.columns(actor, register, &row, &sheets, typed).await?)),
        };
        Ok(ImportView { id, register, file_name: row.file_name, sheets, step })
    }

    async fn columns(
        &self,
        actor: &Actor,
        register: &'static Register,
        row: &Import,
        sheets: &[SheetOf],
        typed: Option<MapImport>,
    ) -> Result<Columns, PortalError> {
        let kept: Option<MapImport> = serde_json::from_str(&row.mapping).ok();
        let typed = typed.or(kept);
        let chosen = typed.as_ref().and_then(|form| form.sheet.parse::<usize>().ok());
        let looked_at: Vec<usize> = match chosen.filter(|index| *index < sheets.len()) {
            Some(index) => vec![index],
            None => (0..sheets.len()).take(SHEETS).collect(),
        };
        // The sheet whose headings say most; of several, the one with most rows.
        let (mut sheet, mut head, mut best) = (0, Vec::new(), None);
        for index in looked_at {
            let rows = self.0.store.import_rows(row.id, i64::try_from(index).unwrap_or(0), 0, LOOKED_AT).await?;
            let says = (columns::known_headings(register, &rows), sheets.get(index).map_or(0, |sheet| sheet.rows));
            if best.is_none_or(|best| says > best) {
                (sheet, head, best) = (index, rows, Some(says));
            }
        }
        let mut columns = columns::columns(register, &head, typed);
        columns.form.sheet = sheet.to_string();
        columns.form.import = row.id.to_string();
        columns.may_add_departments = permission::in_organization(permission::ManageOffices, actor).is_ok();
        if columns.is_guessed {
            let organization = actor.organization();
            let known = self.0.store.import_mapping(organization, register.key, &columns.headings()).await?;
            if let Some(known) = known.and_then(|known| serde_json::from_str::<MapImport>(&known).ok()) {
                let MapImport { import, sheet, heading_row, columns: guessed, .. } = columns.form;
                let mut form = MapImport { import, sheet, heading_row, ..known };
                // What tells of approvals is made out from its heading each time.
                for (name, code) in guessed.into_iter().filter(|(_, code)| is_approval(register, code)) {
                    form.columns.insert(name, code);
                }
                columns = Columns { form, is_remembered: true, ..columns };
            }
        }
        Ok(columns)
    }

    /// Says what the columns of an upload hold, and begins to try it.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid where the form does not do.
    pub async fn map(&self, actor: &Actor, form: &MapImport) -> Result<ImportId, PortalError> {
        let portal = self.0;
        let id: ImportId = form.import.parse().map_err(|_| PortalError::NotFound)?;
        let (row, permit) = portal.store.tenant(actor).import(id).to(ImportRecords, actor).await?;
        let register = self.may(actor, &row.register)?;
        if row.state == "applied" || portal.imports_running.is_running(id) {
            return Err(PortalError::Conflict { current: row.state, by: None });
        }
        let sheets: Vec<SheetOf> = serde_json::from_str(&row.sheets).map_err(internal)?;
        let columns = self.columns(actor, register, &row, &sheets, Some(form.clone())).await?;
        let told = told(register, &columns, actor.scale())?;
        let total = sheets.get(told.sheet).map_or(0, |sheet| sheet.rows);
        let mapping = MapImport {
            step: String::new(),
            columns: told.columns.iter().map(|(column, held)| (column_name(*column), held.code())).collect(),
            fill: told.fill.iter().map(|column| (column_name(*column), "yes".to_owned())).collect(),
            assumed: told.assumed.clone(),
            ..columns.form.clone()
        };
        // Which column tells of approvals is said each time: it is not taken over from whoever brought a list in before.
        let remembered = MapImport {
            columns: mapping
                .columns
                .iter()
                .filter(|(_, code)| !is_approval(register, code))
                .map(|(c, h)| (c.clone(), h.clone()))
                .collect(),
            ..mapping.clone()
        };
        let remembered = serde_json::to_string(&remembered).map_err(internal)?;
        let mapping = serde_json::to_string(&mapping).map_err(internal)?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let columns_told = [("mapping", mapping.as_str().into()), ("state", "uploaded".into())];
        if !writing.set_import(id.0, &["uploaded", "checked"], &columns_told).await? {
            return Err(PortalError::Conflict { current: "applied".to_owned(), by: None });
        }
        writing.keep_import_mapping(register.key, &columns.headings(), &remembered).await?;
        writing.commit(AuditEvent::about("import", id.0, json!({ "columns_told_apart": told.columns.len() }))).await?;
        running::begin(portal, actor, id, (told, total), Purpose::Try);
        Ok(id)
    }

    /// Brings an import in that has been tried.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict where it has not been tried, or is in already.
    pub async fn apply(&self, actor: &Actor, id: ImportId) -> Result<(), PortalError> {
        let portal = self.0;
        let (row, _) = portal.store.tenant(actor).import(id).to(ImportRecords, actor).await?;
        let register = self.may(actor, &row.register)?;
        if row.state != "checked" || portal.imports_running.is_running(id) {
            return Err(PortalError::Conflict { current: row.state, by: None });
        }
        let sheets: Vec<SheetOf> = serde_json::from_str(&row.sheets).map_err(internal)?;
        let form: MapImport = serde_json::from_str(&row.mapping).map_err(internal)?;
        let columns = self.columns(actor, register, &row, &sheets, Some(form)).await?;
        let told = told(register, &columns, actor.scale())?;
        let total = sheets.get(told.sheet).map_or(0, |sheet| sheet.rows);
        running::begin(portal, actor, id, (told, total), Purpose::BringIn);
        Ok(())
    }
}

/// Whoever may change a register only for some departments brings lists into it all the same, and each row is judged by its own; but
/// posts and appointments are the whole organization's.
pub(super) fn may_all<K: RecordKind>(actor: &Actor) -> Result<(), PortalError> {
    match K::REGISTER.key {
        "posts" | "appointments" => permission::in_organization(K::EDIT, actor).map(|_| ()),
        _ => permission::listing(K::EDIT, actor).map(|_| ()),
    }
}

/// Whether a column that holds this tells of approvals.
fn is_approval(register: &'static Register, code: &str) -> bool {
    Held::from_code(register, code).is_some_and(|held| held.is_approval())
}

/// Reads the form alone, without the rows.
fn told(register: &'static Register, columns: &Columns, scale: &Scale) -> Result<Told, PortalError> {
    let (form, headings) = (&columns.form, columns.headings_by_column());
    let mut check = FormCheck::default();
    let heading_row = check.keep("heading_row", form.heading_row.trim().parse().map_err(|_| FieldProblem::NotInRange));
    let mut columns: Vec<(u16, Held)> = Vec::new();
    for (name, code) in form.columns.iter().filter(|(_, code)| !code.is_empty()) {
        let offered = headings.keys().copied().find(|column| column_name(*column) == *name);
        let (Some(column), Some(held)) = (offered, Held::from_code(register, code)) else {
            check.refuse("columns", FieldProblem::NotAChoice);
            continue;
        };
        let several = matches!(held, Held::Field(field) if matches!(field.kind, Kind::Paragraphs(_)));
        if !several && columns.iter().any(|(_, known)| known.code() == held.code()) {
            check.refuse("columns", FieldProblem::ColumnTwice);
        }
        columns.push((column, held));
    }
    columns.sort_by_key(|(column, _)| *column);
    let holds = |code: &str| columns.iter().any(|(_, held)| held.code().split('.').next() == Some(code));
    if !holds("id") {
        if !holds(register.title) {
            check.refuse("columns", FieldProblem::NoTitleColumn);
        }
        for field in register.fields().filter(|field| field.name != register.title) {
            if draft::is_essential(register, field) && !holds(field.name) {
                check.refuse(field.name, FieldProblem::ColumnMissing);
            }
        }
    }
    check.done()?;
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for (_, one) in &columns {
        *held.entry(one.code()).or_default() += 1;
    }
    // What the form offers, and nothing else: no link, no number.
    let assumed = form.assumed.iter().filter(|(name, code)| {
        let offered = register.field(name).filter(|field| columns::is_assumable(field));
        offered.is_some_and(|field| scale.choices(field, Language::Ja).iter().any(|(known, _)| known == *code))
    });
    Ok(Told {
        several: held.into_iter().filter(|(_, count)| *count > 1).map(|(code, _)| code).collect(),
        sheet: form.sheet.parse().unwrap_or(0),
        heading_row: heading_row.unwrap_or(0),
        columns,
        headings,
        fill: form.fill.keys().filter_map(|name| column_number(name)).collect(),
        assumed: assumed.map(|(name, code)| (name.clone(), code.clone())).collect(),
        add_departments: form.add_departments == "yes",
    })
}

/// The register of this key.
pub(crate) fn register_of(key: &str) -> Option<&'static Register> {
    REGISTERS.into_iter().find(|register| register.key == key)
}
