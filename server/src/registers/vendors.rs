//! 委託先: register, list, look at.

use super::{FormCheck, Vendors};
use crate::{
    permission::{self, ActionName, Actor, Scope, ViewEngagements, ViewRegisters},
    store::{
        AuditEvent,
        records::{Company, Vendor},
    },
};
use kakunin_api::{
    CorporateNumber, FieldProblem, PortalError,
    ids::{CompanyId, VendorId},
    listing::{Page, Query},
    normalized,
    vendors::{RegisterVendor, VendorRow, VendorView},
};
use serde_json::json;

impl Vendors<'_> {
    /// One page of the register.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn list(&self, actor: &Actor, query: &Query) -> Result<Page<VendorRow>, PortalError> {
        let permit = permission::in_organization(ViewRegisters, actor)?;
        self.0.store.vendors(&permit, query).await
    }

    /// One vendor with its engagements.
    ///
    /// # Errors
    /// NotFound.
    pub async fn vendor(&self, actor: &Actor, id: VendorId) -> Result<VendorView, PortalError> {
        let store = &self.0.store;
        let (vendor, _) = store.tenant(actor).vendor(id).to(ViewRegisters, actor).await?;
        let company = store.company(vendor.company_id).await?;
        let permit = permission::listing(ViewEngagements, actor)?;
        Ok(VendorView {
            id,
            company: CompanyId(company.id),
            name: company.name,
            kana: company.kana,
            corporate_number: company.corporate_number,
            address: company.address,
            contact_department: vendor.contact_department,
            contact_name: vendor.contact_name,
            contact_email: vendor.contact_email,
            notes: vendor.notes,
            engagements: store.engagements_of_vendor(&permit, id).await?,
            may_register_engagement: permission::scope(actor, ActionName::RegisterEngagement) != Scope::No,
        })
    }

    /// Whether `actor` may register vendors and engagements.
    #[must_use]
    pub fn may_register(&self, actor: &Actor) -> bool {
        permission::scope(actor, ActionName::RegisterVendor) == Scope::All
    }

    /// Registers a vendor: the company too, where nobody has registered it before.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn register(&self, actor: &Actor, form: &RegisterVendor) -> Result<VendorId, PortalError> {
        let permit = permission::in_organization(permission::RegisterVendor, actor)?;
        let mut check = FormCheck::default();
        let typed_number = normalized::tidy(&form.corporate_number);
        let number = (!typed_number.is_empty())
            .then(|| check.keep("corporate_number", typed_number.parse::<CorporateNumber>()))
            .flatten();
        let name = check.required("name", &form.name, 200);
        let kana = check.plain("kana", &form.kana, 200);
        if !kana.is_empty() && !normalized::is_kana(&kana) {
            check.refuse("kana", FieldProblem::NotKana);
        }
        let address = check.text("address", &form.address, 300);
        let contact_department = check.required("contact_department", &form.contact_department, 100);
        let contact_name = check.required("contact_name", &form.contact_name, 100);
        let contact_email = check.email("contact_email", &form.contact_email);
        let notes = check.paragraphs("notes", &form.notes, 2000);
        check.done()?;

        let portal = self.0;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let known = match &number {
            Some(number) => writing.company_by_number(number).await?,
            None => None,
        };
        let company = match known {
            Some(company) => company,
            None => {
                let id = portal.rng.id(&portal.clock);
                let company = Company { id, corporate_number: number.map(Into::into), name, kana, address };
                writing.add_company(company.clone()).await?;
                company
            }
        };
        let id = portal.rng.id(&portal.clock);
        let search_key = [company.name.as_str(), &company.kana, company.corporate_number.as_deref().unwrap_or("")];
        let vendor = Vendor {
            id,
            organization_id: writing.organization(),
            company_id: company.id,
            sort_key: normalized::search_key(&company.kana),
            search_key: search_key.map(normalized::search_key).join(" "),
            contact_department,
            contact_name,
            contact_email,
            notes,
        };
        writing.add_vendor(vendor).await?;
        writing.commit(AuditEvent::about("vendor", id, json!({ "company": company.id }))).await?;
        Ok(VendorId(id))
    }
}
