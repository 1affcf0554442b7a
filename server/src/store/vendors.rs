//! Companies and vendors.

use super::{
    Store, Writing,
    entities::{company, vendor},
    failed,
    listing::Listing,
    records::{Company, Vendor},
};
use crate::permission::{Permit, RegisterVendor, ViewRegisters};
use kakunin_api::{
    CorporateNumber, PortalError,
    listing::{Page, Query},
    vendors::VendorRow,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    kana: String,
    corporate_number: Option<String>,
    contact_department: String,
    engagements: i64,
}

const VENDORS: Listing<'_> = Listing {
    columns: "v.id, c.name, c.kana, c.corporate_number, v.contact_department, (SELECT count(*) FROM engagements e \
              WHERE e.organization_id = v.organization_id AND e.vendor_id = v.id) AS engagements",
    tables: "vendors v JOIN companies c ON c.id = v.company_id",
    counted: "vendors v",
    filter: "v.organization_id = $1",
    department: None,
    searched: &["v.search_key"],
    order: "v.sort_key, v.id",
};

impl Store {
    /// One page of the register, by kana.
    pub async fn vendors(&self, permit: &Permit<ViewRegisters>, query: &Query) -> Result<Page<VendorRow>, PortalError> {
        let page: Page<Row> = self.page(&VENDORS, permit, query).await?;
        let rows = page.rows.into_iter().map(|row| VendorRow {
            id: row.id.into(),
            name: row.name,
            kana: row.kana,
            corporate_number: row.corporate_number,
            contact_department: row.contact_department,
            engagements: u64::try_from(row.engagements).unwrap_or(0),
        });
        Ok(Page { rows: rows.collect(), total: page.total, page: page.page })
    }

    /// One company. Companies are shared by all organizations, so no tenant narrows this.
    pub async fn company(&self, id: Uuid) -> Result<Company, PortalError> {
        let found = company::Entity::find_by_id(id).one(&self.reader).await.map_err(failed)?;
        found.ok_or(PortalError::NotFound)
    }
}

impl Writing<'_, RegisterVendor> {
    /// The company with this number, if one is known.
    pub async fn company_by_number(&self, number: &CorporateNumber) -> Result<Option<Company>, PortalError> {
        let query = company::Entity::find().filter(company::Column::CorporateNumber.eq(number.as_str()));
        query.one(&self.transaction).await.map_err(failed)
    }

    /// Adds a company.
    pub async fn add_company(&self, row: Company) -> Result<(), PortalError> {
        company::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Adds the organization's own record about a company.
    pub async fn add_vendor(&self, row: Vendor) -> Result<(), PortalError> {
        let row = Vendor { organization_id: self.organization(), ..row };
        vendor::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Store {
    /// The 法人番号 of a vendor's company; the caller holds an object of that vendor.
    pub async fn corporate_number_of(&self, vendor: Uuid) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Number {
            corporate_number: Option<String>,
        }
        let sql = "SELECT c.corporate_number FROM vendors v JOIN companies c ON c.id = v.company_id WHERE v.id = $1";
        let rows: Vec<Number> = self.rows(sql, vec![vendor.into()]).await?;
        Ok(rows.into_iter().next().and_then(|row| row.corporate_number))
    }
}
