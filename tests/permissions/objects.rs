//! What is asked about, by the names that stand for it in addresses and forms.

use std::collections::BTreeMap;

/// An object, by the names that stand for it in paths and forms.
#[derive(Clone, Debug, Default)]
pub struct Object(pub BTreeMap<&'static str, String>);

impl Object {
    /// The address of a route about this object.
    pub fn path(&self, route: &str) -> String {
        let id = match route.split('/').nth(1).unwrap_or_default() {
            "vendors" => "vendor",
            "engagements" => "engagement",
            "cloud-services" | "registers" => "cloud_service",
            "social-accounts" => "social_account",
            "certifications" => "certification",
            "contacts" => "contact",
            "subcontracts" => "subcontract",
            "service-uses" => "service_use",
            "account-incidents" => "account_incident",
            "departments" => "department",
            "posts" => "post",
            "appointments" => "appointment",
            "imports" => "import",
            "handovers" => "handover",
            "assessments" | "answer" => "assessment",
            "people" => "membership",
            "policies" if route.contains("versions") => "policy_version",
            "policies" => "policy",
            "questionnaires" if route.contains("versions") => "questionnaire_version",
            "questionnaires" if route.contains("uploads") => "upload",
            _ => "questionnaire",
        };
        let parts = [
            ("{id}", self.get(id)),
            ("{file}", if route.starts_with("/registers") { self.get("filed") } else { self.get("file") }),
            ("{register}", "cloud-services"),
            ("{number}", "1"),
            ("{requirement}", "outsourcing.selection.security_rules"),
            ("{token}", "used"),
            ("{provider}", "none"),
        ];
        let path = parts.into_iter().fold(route.to_owned(), |path, (name, value)| path.replace(name, value));
        match route {
            "/engagements/new" | "/certifications/new" | "/contacts/new" => {
                format!("{path}?vendor={}", self.get("vendor"))
            }
            "/subcontracts/new" => format!("{path}?engagement={}", self.get("engagement")),
            "/service-uses/new" => format!("{path}?cloud_service={}", self.get("cloud_service")),
            "/account-incidents/new" => format!("{path}?social_account={}", self.get("social_account")),
            "/appointments/new" => format!("{path}?post={}", self.get("post")),
            "/policies/compare" => format!("{path}?first=nishitokyo&second=kashiwa"),
            _ => path,
        }
    }

    /// What this name stands for; an id of nothing where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("00000000-0000-7000-8000-000000000000", String::as_str)
    }
}
