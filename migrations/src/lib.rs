//! The steps that bring a database to the present shape, one a file, the same on SQLite and PostgreSQL.
//!
//! Knows no entity and no service. Types are kept to what both engines share: UUID, BIGINT, TEXT, BOOLEAN.
#![deny(missing_docs)]

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// A step from its statements up and down. Its name, by which the database remembers it, is that of the file that calls this.
macro_rules! step {
    ($up:expr, $down:expr) => {
        /// This step.
        #[derive(sea_orm_migration::prelude::DeriveMigrationName)]
        pub(crate) struct Step;

        #[async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Step {
            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::sea_orm::DbErr> {
                crate::run(manager, $up).await
            }

            async fn down(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::sea_orm::DbErr> {
                crate::run(manager, $down).await
            }

            /// Half a step is none, on SQLite too.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use step;

mod m0001_organizations;
mod m0002_people;
mod m0003_registers;
mod m0004_assessments;
mod m0005_audit_events;
mod m0006_policy_versions;
mod m0007_questionnaire_versions;
mod m0008_memberships;
mod m0009_contractor_accounts;
mod m0010_audit_checkpoints;
mod m0011_outbox;
mod m0012_second_factor_demand;
mod m0013_evidence_by_content;
mod m0014_registers;
mod m0015_register_indexes;
mod m0016_imports;
mod m0017_handovers;
mod m0018_subjects;
mod m0019_scales;
mod m0020_drafts;
mod m0021_planned_reorganizations;
mod m0022_approved_on;
mod m0023_contractors_posts;
mod m0024_posts_of_engagements;
mod m0025_reorganizations_taken_back;
mod m0026_sorted_lists;

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organizations::Step),
            Box::new(m0002_people::Step),
            Box::new(m0003_registers::Step),
            Box::new(m0004_assessments::Step),
            Box::new(m0005_audit_events::Step),
            Box::new(m0006_policy_versions::Step),
            Box::new(m0007_questionnaire_versions::Step),
            Box::new(m0008_memberships::Step),
            Box::new(m0009_contractor_accounts::Step),
            Box::new(m0010_audit_checkpoints::Step),
            Box::new(m0011_outbox::Step),
            Box::new(m0012_second_factor_demand::Step),
            Box::new(m0013_evidence_by_content::Step),
            Box::new(m0014_registers::Step),
            Box::new(m0015_register_indexes::Step),
            Box::new(m0016_imports::Step),
            Box::new(m0017_handovers::Step),
            Box::new(m0018_subjects::Step),
            Box::new(m0019_scales::Step),
            Box::new(m0020_drafts::Step),
            Box::new(m0021_planned_reorganizations::Step),
            Box::new(m0022_approved_on::Step),
            Box::new(m0023_contractors_posts::Step),
            Box::new(m0024_posts_of_engagements::Step),
            Box::new(m0025_reorganizations_taken_back::Step),
            Box::new(m0026_sorted_lists::Step),
        ]
    }
}

/// Runs statements one by one; one that begins with `-- sqlite` or `-- postgres` on that engine alone.
async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let other = match manager.get_database_backend() {
        DbBackend::Postgres => "-- sqlite",
        _ => "-- postgres",
    };
    for statement in statements.iter().filter(|statement| !statement.starts_with(other)) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_remembered_by_the_name_of_its_file() {
        let names: Vec<_> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        assert_eq!(
            names,
            [
                "m0001_organizations",
                "m0002_people",
                "m0003_registers",
                "m0004_assessments",
                "m0005_audit_events",
                "m0006_policy_versions",
                "m0007_questionnaire_versions",
                "m0008_memberships",
                "m0009_contractor_accounts",
                "m0010_audit_checkpoints",
                "m0011_outbox",
                "m0012_second_factor_demand",
                "m0013_evidence_by_content",
                "m0014_registers",
                "m0015_register_indexes",
                "m0016_imports",
                "m0017_handovers",
                "m0018_subjects",
                "m0019_scales",
                "m0020_drafts",
                "m0021_planned_reorganizations",
                "m0022_approved_on",
                "m0023_contractors_posts",
                "m0024_posts_of_engagements",
                "m0025_reorganizations_taken_back",
                "m0026_sorted_lists"
            ]
        );
    }

    #[tokio::test]
    async fn a_database_of_an_earlier_shape_keeps_its_people() {
        let file = std::env::temp_dir().join(format!("kakunin-migrations-{}.sqlite", std::process::id()));
        let address = format!("sqlite://{}?mode=rwc", file.display());
        let database = sea_orm_migration::sea_orm::Database::connect(address).await.unwrap();
        Migrator::up(&database, Some(7)).await.unwrap();
        let id = |number: u8| format!("x'{}{number:02x}'", "00".repeat(15));
        for statement in [
            format!("INSERT INTO organizations VALUES ({}, '132292', '西東京市', 'nishitokyo')", id(1)),
            format!("INSERT INTO departments VALUES ({}, {}, NULL, '市民課', 0)", id(2), id(1)),
            format!(
                "INSERT INTO users VALUES ({}, {}, {}, 'tanaka', '田中', 'reviewer', 'hash', TRUE, 0, NULL)",
                id(3),
                id(1),
                id(2)
            ),
            format!("INSERT INTO sessions VALUES ('old', {}, '{{}}', 0)", id(3)),
        ] {
            database.execute_unprepared(&statement).await.unwrap();
        }
        Migrator::up(&database, None).await.unwrap();
        let found = |sql: &'static str| {
            let database = &database;
            async move {
                let statement = sea_orm_migration::sea_orm::Statement::from_string(DbBackend::Sqlite, sql);
                database.query_all_raw(statement).await.unwrap().len()
            }
        };
        let member = "SELECT 1 FROM users u JOIN memberships m ON m.user_id = u.id \
                      WHERE u.sign_in_name = 'tanaka' AND u.password_hash = 'hash' AND m.role = 'reviewer' AND m.accepted_at IS NOT NULL";
        assert_eq!(found(member).await, 1);
        assert_eq!(found("PRAGMA foreign_key_check").await, 0);
        assert_eq!(found("SELECT 1 FROM sessions").await, 0, "sessions begin anew");
        std::fs::remove_file(file).unwrap();
    }

    #[tokio::test]
    async fn an_assessment_of_an_engagement_stays_one() {
        // On PostgreSQL where tests/postgres/with.sh has started one.
        let folder = std::env::var("KAKUNIN_TEST_POSTGRES").ok();
        let name = format!("kakunin_migrations_{}", std::process::id());
        let file = std::env::temp_dir().join(format!("{name}.sqlite"));
        let address = match &folder {
            Some(folder) => {
                let arguments = ["-h", folder.as_str(), "-U", "kakunin", name.as_str()];
                assert!(std::process::Command::new("createdb").args(arguments).status().unwrap().success());
                format!("postgres://kakunin@localhost/{name}?host={folder}")
            }
            None => format!("sqlite://{}?mode=rwc", file.display()),
        };
        let database = sea_orm_migration::sea_orm::Database::connect(address).await.unwrap();
        Migrator::up(&database, Some(17)).await.unwrap();
        let id = |number: u8| match &folder {
            Some(_) => format!("'{}{number:02x}'", "00".repeat(15)),
            None => format!("x'{}{number:02x}'", "00".repeat(15)),
        };
        for statement in [
            format!("INSERT INTO organizations (id, code, name, policy_key) VALUES ({}, '132292', '西東京市', 'nishitokyo')", id(1)),
            format!("INSERT INTO departments (id, organization_id, name, position) VALUES ({}, {}, '市民課', 0)", id(2), id(1)),
            format!("INSERT INTO companies (id, name, kana, address) VALUES ({}, '甲', 'コウ', '')", id(3)),
            format!(
                "INSERT INTO vendors (id, organization_id, company_id, sort_key, search_key, contact_department, contact_name, contact_email, notes) \
                 VALUES ({}, {}, {}, '', '', '', '', '', '')",
                id(4),
                id(1),
                id(3)
            ),
            format!(
                "INSERT INTO engagements (id, organization_id, vendor_id, department_id, title, search_key, starts_on, ends_on, \
                 confidentiality, integrity, availability, zone, personal_information, specific_personal_information, \
                 selection_criteria_recorded, policy_told, contract_items) \
                 VALUES ({}, {}, {}, {}, '業務', '業務', '2026-04-01', '2027-03-31', '2', '2', '2', 'lgwan', TRUE, FALSE, TRUE, TRUE, '[]')",
                id(5),
                id(1),
                id(4),
                id(2)
            ),
            "INSERT INTO documents (sha256, kind, name, version, body) VALUES ('p', 'policy', 'p', '1', '{}'), ('q', 'questionnaire', 'q', '1', '{}')".to_owned(),
            format!(
                "INSERT INTO assessments (id, organization_id, engagement_id, policy_sha256, questionnaire_sha256, state, version, purpose, \
                 due_on, sent_at, changed_by) VALUES ({}, {}, {}, 'p', 'q', 'sent', 1, '', '2027-01-01', 0, '')",
                id(6),
                id(1),
                id(5)
            ),
        ] {
            database.execute_unprepared(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        Migrator::up(&database, None).await.unwrap();
        let found = async |sql: &str| {
            let statement = sea_orm_migration::sea_orm::Statement::from_string(database.get_database_backend(), sql);
            database.query_all_raw(statement).await.unwrap().len()
        };
        let own = format!("SELECT 1 FROM assessments WHERE engagement_id = {} AND cloud_service_id IS NULL", id(5));
        assert_eq!(found(&own).await, 1);
        if folder.is_none() {
            assert_eq!(found("PRAGMA foreign_key_check").await, 0);
        }
        let of_nothing = format!(
            "INSERT INTO assessments (id, organization_id, policy_sha256, questionnaire_sha256, state, version, purpose, due_on, sent_at, \
             changed_by) VALUES ({}, {}, 'p', 'q', 'sent', 1, '', '2027-01-01', 0, '')",
            id(7),
            id(1)
        );
        assert!(database.execute_unprepared(&of_nothing).await.is_err(), "an assessment is about something");
        let _ = std::fs::remove_file(file);
    }
}
