//! The steps that bring a database to the present shape, one a file, the same on SQLite and PostgreSQL.
//!
//! Knows no entity and no service. Types are kept to what both engines share: UUID, BIGINT, TEXT, BOOLEAN.
#![deny(missing_docs)]

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_organizations;
mod m0002_people;
mod m0003_registers;
mod m0004_assessments;
mod m0005_audit_events;
mod m0006_policy_versions;

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
        ]
    }
}

/// Runs statements one by one.
async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
