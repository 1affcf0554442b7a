//! 委託先: the company behind a record, how much depends on it, and two records that turn out to be one.

use super::{
    Vendors,
    scale::national,
    values::{Value, Values},
};
use crate::{
    permission::{self, Action, ActionName, Actor},
    portal::Portal,
    registers::{kinds::VendorRecord, records::RecordView},
    store::{AuditEvent, Writing, records::Company, registers::write::NewRecord, vendors::Handled},
};
use kakunin_api::{
    CorporateNumber, FieldProblem, PortalError,
    ids::{RecordId, VendorId},
};
use serde_json::json;
use uuid::Uuid;

/// How much depends on a vendor, from what it handles today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// 特定個人情報, 機密性3A・3B, or the zone of マイナンバー利用事務.
    High,
    /// 個人情報 or 機密性3C.
    Middle,
    /// Anything else.
    Low,
    /// Nothing that goes on.
    None,
}

impl Tier {
    fn of(handled: &Handled) -> Self {
        let deep = matches!(national(&handled.confidentiality), "3a" | "3b");
        if handled.specific_personal_information == Some(true) || deep || handled.zone == "mynumber" {
            Self::High
        } else if handled.personal_information == Some(true) || national(&handled.confidentiality) == "3c" {
            Self::Middle
        } else {
            Self::Low
        }
    }
}

impl Vendors<'_> {
    /// How much depends on a vendor that has been loaded for its page, and the engagement by which it does.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tier(&self, actor: &Actor, vendor: &RecordView) -> Result<(Tier, Option<String>), PortalError> {
        let today = self.0.clock.today().to_string();
        let handled = self.0.store.handled_by(VendorId(vendor.id.0), &today).await?;
        for tier in [Tier::High, Tier::Middle, Tier::Low] {
            let mut of_tier = handled.iter().filter(|one| Tier::of(one) == tier).peekable();
            if of_tier.peek().is_some() {
                // It counts, whosever work it is; it is named to those who may see it.
                let seen = |one: &&Handled| {
                    permission::may_in_department(actor, ActionName::ViewEngagements, one.department_id.into())
                };
                return Ok((tier, of_tier.find(seen).map(|one| one.title.clone())));
            }
        }
        Ok((Tier::None, None))
    }

    /// Whether `actor` may merge vendors.
    #[must_use]
    pub fn may_merge(&self, actor: &Actor) -> bool {
        permission::in_organization(permission::MergeVendors, actor).is_ok()
    }

    /// Merges a vendor into another one of the organization: what hangs on it moves, and it is archived. Both keep their
    /// histories.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid where both are the same.
    pub async fn merge(&self, actor: &Actor, from: RecordId, into: RecordId) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (record, permit) = tenant.record::<VendorRecord>(from).to(permission::MergeVendors, actor).await?;
        if from == into || record.row.archived_at.is_some() {
            return Err(PortalError::invalid("into", FieldProblem::NotAChoice));
        }
        let (kept, _) = tenant.record::<VendorRecord>(into).to(permission::MergeVendors, actor).await?;
        if kept.row.archived_at.is_some() {
            return Err(PortalError::invalid("into", FieldProblem::NotAChoice));
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let moved = writing.move_to_vendor(VendorId(from.0), VendorId(into.0)).await?;
        let archived = [("archived_at", Some(writing.at_ms()).into()), ("merged_into", Some(into.0).into())];
        let register = &super::schema::vendors::VENDORS;
        if !writing.set_columns(register, from, record.row.version, &archived).await? {
            return Err(PortalError::Conflict { current: "changed".to_owned(), by: None });
        }
        writing.commit(AuditEvent::about("vendor", from.0, json!({ "merged_into": into, "moved": moved }))).await
    }
}

impl Portal {
    /// The company behind a new vendor, or one whose number is another one now: the one that has the number, else one of
    /// its own.
    pub(crate) async fn company_of<A: Action>(
        &self,
        writing: &Writing<'_, A>,
        values: &Values,
    ) -> Result<Uuid, PortalError> {
        let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
        let number = text("corporate_number").parse::<CorporateNumber>().ok();
        if let Some(number) = &number
            && let Some(known) = writing.company_by_number(number).await?
        {
            return Ok(known.id);
        }
        let id = self.rng.id(&self.clock);
        let (name, kana, address) = (text("name"), text("kana"), text("address"));
        let company = Company { id, corporate_number: number.map(Into::into), name, kana, address };
        writing.add_company(company).await?;
        Ok(id)
    }
}

impl Portal {
    /// The companies behind many new vendors, in their columns; as [`Portal::company_of`], by few statements.
    pub(crate) async fn companies_of<A: Action>(
        &self,
        writing: &Writing<'_, A>,
        new: &mut [NewRecord],
    ) -> Result<(), PortalError> {
        let text = |values: &Values, name: &str| values.get(name).map(Value::text).unwrap_or_default();
        let numbers: Vec<String> = new.iter().map(|(_, values, _)| text(values, "corporate_number")).collect();
        let mut known = writing.companies_by_number(&numbers).await?;
        let mut companies = Vec::new();
        for ((_, values, extra), number) in new.iter_mut().zip(numbers) {
            let id = known.get(&number).copied().unwrap_or_else(|| {
                let id = self.rng.id(&self.clock);
                let (name, kana, address) = (text(values, "name"), text(values, "kana"), text(values, "address"));
                let corporate_number = Some(number.clone()).filter(|number| !number.is_empty());
                companies.push(Company { id, corporate_number, name, kana, address });
                id
            });
            if !number.is_empty() {
                known.insert(number, id);
            }
            *extra = vec![("company_id", id.into())];
        }
        writing.add_companies(companies).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tier_follows_from_what_is_handled() {
        let handled = |confidentiality: &str, zone: &str, personal, specific| Handled {
            title: String::new(),
            confidentiality: confidentiality.to_owned(),
            zone: zone.to_owned(),
            personal_information: Some(personal),
            specific_personal_information: Some(specific),
            department_id: Uuid::nil(),
        };
        assert_eq!(Tier::of(&handled("1", "internet", true, true)), Tier::High);
        assert_eq!(Tier::of(&handled("3b", "internet", false, false)), Tier::High);
        assert_eq!(Tier::of(&handled("1", "mynumber", false, false)), Tier::High);
        assert_eq!(Tier::of(&handled("2", "lgwan", true, false)), Tier::Middle);
        assert_eq!(Tier::of(&handled("3c", "lgwan", false, false)), Tier::Middle);
        assert_eq!(Tier::of(&handled("2", "internet", false, false)), Tier::Low);
    }
}
