//! What is asked of vendors beyond what every register is asked, and the companies that several organizations share.

use super::{Store, Writing, containing, entities::company, failed, records::Company};
use crate::permission::{Action, Permit};
use kakunin_api::{
    CorporateNumber, PortalError,
    ids::{RecordId, VendorId},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, Value as Stored};
use std::collections::HashMap;
use uuid::Uuid;

/// What a vendor handles in one engagement that goes on.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Handled {
    /// 件名.
    pub title: String,
    /// 機密性.
    pub confidentiality: String,
    /// 区分.
    pub zone: String,
    /// 個人情報; not said where nobody has said it yet.
    pub personal_information: Option<bool>,
    /// 特定個人情報.
    pub specific_personal_information: Option<bool>,
    /// The department whose work it is.
    pub department_id: Uuid,
}

impl Store {
    /// Whether another vendor of the organization has this 法人番号.
    pub async fn vendor_with_number<A: Action>(
        &self,
        permit: &Permit<A>,
        number: &str,
        but: Option<RecordId>,
    ) -> Result<bool, PortalError> {
        let sql =
            "SELECT count(*) AS count FROM vendors WHERE organization_id = $1 AND corporate_number = $2 AND id <> $3";
        self.is_there(sql, permit, vec![number.into()], but).await
    }

    /// Whether another vendor of the organization has the same name or reading, as a search compares them. Two different
    /// 法人番号 are two companies, whatever they are called.
    pub async fn vendor_with_name<A: Action>(
        &self,
        permit: &Permit<A>,
        (name, kana): (&str, &str),
        has_number: bool,
        but: Option<RecordId>,
    ) -> Result<bool, PortalError> {
        let unnumbered = if has_number { " AND corporate_number = ''" } else { "" };
        let sql = format!(
            "SELECT count(*) AS count FROM vendors WHERE organization_id = $1 AND archived_at IS NULL{unnumbered} \
             AND ($2 <> '' AND sort_key = $2 OR ' ' || search_key || ' ' LIKE $3 ESCAPE '!') AND id <> $4"
        );
        let whole = containing(&format!(" {name} "));
        self.is_there(&sql, permit, vec![kana.into(), whole.into()], but).await
    }

    async fn is_there<A: Action>(
        &self,
        sql: &str,
        permit: &Permit<A>,
        values: Vec<Stored>,
        but: Option<RecordId>,
    ) -> Result<bool, PortalError> {
        let but = but.map_or(Uuid::nil(), |id| id.0);
        let organization = [Stored::from(permit.organization().0)];
        Ok(self.count(sql, organization.into_iter().chain(values).chain([but.into()]).collect()).await? > 0)
    }

    /// What a vendor handles in the engagements that go on, at most 200; the caller holds the vendor.
    pub async fn handled_by(&self, vendor: VendorId, today: &str) -> Result<Vec<Handled>, PortalError> {
        let sql = "SELECT title, confidentiality, zone, personal_information, specific_personal_information, department_id FROM engagements \
                   WHERE vendor_id = $1 AND archived_at IS NULL AND COALESCE(extended_to, ends_on) >= $2 \
                   ORDER BY confidentiality DESC, id LIMIT 200";
        self.rows(sql, vec![vendor.0.into(), today.into()]).await
    }
}

impl Store {
    /// The 法人番号 of a vendor; the caller holds an object of that vendor.
    pub async fn corporate_number_of(&self, vendor: Uuid) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Number {
            corporate_number: String,
        }
        let sql = "SELECT corporate_number FROM vendors WHERE id = $1";
        let rows: Vec<Number> = self.rows(sql, vec![vendor.into()]).await?;
        Ok(rows.into_iter().next().map(|row| row.corporate_number).filter(|number| !number.is_empty()))
    }
}

impl<A: Action> Writing<'_, A> {
    /// The company with this 法人番号, whichever organization registered it first.
    pub async fn company_by_number(&self, number: &CorporateNumber) -> Result<Option<Company>, PortalError> {
        let query = company::Entity::find().filter(company::Column::CorporateNumber.eq(number.as_str()));
        query.one(&self.transaction).await.map_err(failed)
    }

    /// Of these 法人番号, the companies that are known, by number.
    pub async fn companies_by_number(&self, numbers: &[String]) -> Result<HashMap<String, Uuid>, PortalError> {
        let numbers = numbers.iter().filter(|number| !number.is_empty());
        let query = company::Entity::find().filter(company::Column::CorporateNumber.is_in(numbers));
        let found = query.all(&self.transaction).await.map_err(failed)?;
        Ok(found.into_iter().filter_map(|company| Some((company.corporate_number?, company.id))).collect())
    }

    /// Adds companies, many by one statement.
    pub async fn add_companies(&self, companies: Vec<Company>) -> Result<(), PortalError> {
        for some in companies.chunks(500) {
            let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
            company::Entity::insert_many(rows).exec_without_returning(&self.transaction).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Adds a company.
    pub async fn add_company(&self, row: Company) -> Result<(), PortalError> {
        company::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Moves everything that hangs on one vendor to another one of the organization; says how many records that are.
    pub async fn move_to_vendor(&self, from: VendorId, to: VendorId) -> Result<u64, PortalError> {
        let mut moved = 0;
        for table in ["engagements", "certifications", "contacts"] {
            let sql = format!(
                "UPDATE {table} SET vendor_id = $2, version = version + 1 WHERE vendor_id = $1 AND organization_id = $3"
            );
            moved += self.run(&sql, vec![from.0.into(), to.0.into(), self.organization().into()]).await?;
        }
        Ok(moved)
    }

    /// Whether a vendor has been merged into another one: it does not come back.
    pub async fn is_merged(&self, vendor: RecordId) -> Result<bool, PortalError> {
        let sql = "SELECT count(*) AS count FROM vendors WHERE id = $1 AND merged_into IS NOT NULL";
        Ok(super::count(&self.transaction, sql, vec![vendor.0.into()]).await? > 0)
    }
}
