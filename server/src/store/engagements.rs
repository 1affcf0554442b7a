//! Engagements.

use super::{
    Store, Writing,
    entities::engagement,
    failed,
    listing::{Listing, within},
    records::Engagement,
};
use crate::{
    error::internal,
    permission::{Permit, RegisterEngagement, ViewEngagements},
};
use kakunin_api::{
    PortalError,
    engagements::{Confidentiality, EngagementRow},
    ids::{EngagementId, VendorId},
    listing::{PAGE_ROWS, Page, Query},
};
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    title: String,
    vendor_name: String,
    department: String,
    starts_on: String,
    ends_on: String,
    confidentiality: String,
    specific_personal_information: bool,
}

impl Row {
    fn view(self) -> Result<EngagementRow, PortalError> {
        Ok(EngagementRow {
            id: self.id.into(),
            title: self.title,
            vendor_name: self.vendor_name,
            department: self.department,
            starts_on: self.starts_on.parse().map_err(internal)?,
            ends_on: self.ends_on.parse().map_err(internal)?,
            confidentiality: Confidentiality::from_code(&self.confidentiality)
                .ok_or_else(|| internal("confidentiality"))?,
            specific_personal_information: self.specific_personal_information,
        })
    }
}

/// The column by which lists are narrowed to departments.
const DEPARTMENT: &str = "e.department_id";

const ENGAGEMENTS: Listing<'_> = Listing {
    columns: "e.id, e.title, c.name AS vendor_name, d.name AS department, e.starts_on, e.ends_on, e.confidentiality, \
              e.specific_personal_information",
    tables: "engagements e JOIN vendors v ON v.id = e.vendor_id JOIN companies c ON c.id = v.company_id \
             JOIN departments d ON d.id = e.department_id",
    counted: "engagements e",
    filter: "e.organization_id = $1",
    department: Some(DEPARTMENT),
    searched: &["e.search_key"],
    order: "e.starts_on DESC, e.id DESC",
};

impl Store {
    /// One page of the register, newest contract first.
    pub async fn engagements(
        &self,
        permit: &Permit<ViewEngagements>,
        query: &Query,
    ) -> Result<Page<EngagementRow>, PortalError> {
        let page: Page<Row> = self.page(&ENGAGEMENTS, permit, query).await?;
        let rows = page.rows.into_iter().map(Row::view).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: page.total, page: page.page })
    }

    /// The newest engagements of a vendor, at most a page.
    pub async fn engagements_of_vendor(
        &self,
        permit: &Permit<ViewEngagements>,
        vendor: VendorId,
    ) -> Result<Vec<EngagementRow>, PortalError> {
        let mut values = vec![permit.organization().0.into(), vendor.0.into()];
        let (all, narrowed) = (ENGAGEMENTS.all(), within(permit, DEPARTMENT, &mut values));
        let sql = format!("{all} AND e.vendor_id = $2{narrowed} ORDER BY {} LIMIT {PAGE_ROWS}", ENGAGEMENTS.order);
        let rows: Vec<Row> = self.rows(&sql, values).await?;
        rows.into_iter().map(Row::view).collect()
    }

    /// What the list shows of one engagement.
    pub async fn engagement_row(&self, engagement: &Engagement) -> Result<EngagementRow, PortalError> {
        let sql = format!("{} AND e.id = $2", ENGAGEMENTS.all());
        let rows: Vec<Row> = self.rows(&sql, vec![engagement.organization_id.into(), engagement.id.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)?.view()
    }
}

impl Writing<'_, RegisterEngagement> {
    /// Adds an engagement.
    pub async fn add_engagement(&self, row: Engagement) -> Result<(), PortalError> {
        let row = Engagement { organization_id: self.organization(), ..row };
        engagement::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

/// What a contractor is told about the engagement it is asked about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SubjectNames {
    /// 件名.
    pub title: String,
    /// 所管課.
    pub department: String,
}

impl Store {
    /// The names of an engagement that an assessment is about; the caller holds the assessment.
    pub async fn subject_names(&self, engagement: EngagementId) -> Result<SubjectNames, PortalError> {
        let sql = "SELECT e.title, d.name AS department FROM engagements e \
                   JOIN departments d ON d.id = e.department_id WHERE e.id = $1";
        let rows: Vec<SubjectNames> = self.rows(sql, vec![engagement.0.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)
    }
}

impl Store {
    /// The engagement an assessment is about; the caller holds the assessment.
    pub async fn engagement_of(&self, id: EngagementId) -> Result<Engagement, PortalError> {
        let found = engagement::Entity::find_by_id(id.0).one(&self.reader).await.map_err(failed)?;
        found.ok_or(PortalError::NotFound)
    }
}
