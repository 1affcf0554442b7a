//! The document around every page, and which page stands at which path.

use crate::{
    pages::{
        answering, assessments, audit, handovers, home, imports, organizations, people, policies, questionnaires,
        refused, registers,
    },
    request,
};
use axum::http::request::Parts;
use kakunin_server::{
    http::headers::content_security_policy,
    registers::kinds::{
        AccountIncidentRecord, AppointmentRecord, CertificationRecord, CloudServiceRecord, ContactRecord,
        DepartmentRecord, EngagementRecord, PostRecord, ServiceUseRecord, SocialAccountRecord, SubcontractRecord,
        VendorRecord,
    },
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The HTML document.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let language = use_context::<Parts>().map_or("ja", |parts| match request::locale(&parts) {
        crate::i18n::Locale::en => "en",
        crate::i18n::Locale::ja => "ja",
    });
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce())
        && let Ok(policy) = content_security_policy(Some(&nonce)).parse()
    {
        response.insert_header(axum::http::header::CONTENT_SECURITY_POLICY, policy);
    }
    let style = format!("/{}/kakunin.css", options.site_pkg_dir);
    view! {
        <!DOCTYPE html>
        <html lang=language>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <link rel="icon" href="data:,"/>
                <link rel="stylesheet" href=style/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Every page at its path.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let ssr = SsrMode::Async;
    view! {
        <Router>
            <FlatRoutes fallback=refused::NotFound>
                <Route path=path!("/") view=home::HomePage ssr=ssr.clone()/>
                <Route path=path!("/sign-in") view=people::sign_in::SignInPage ssr=ssr.clone()/>
                <Route path=path!("/sign-in/second-factor") view=people::second_factor::SecondFactorPage ssr=ssr.clone()/>
                <Route path=path!("/sign-in/first-password") view=people::first_password::FirstPasswordPage ssr=ssr.clone()/>
                <Route path=path!("/sign-in/forgotten") view=people::forgotten_password::ForgottenPasswordPage ssr=ssr.clone()/>
                <Route path=path!("/sign-in/reset/:token") view=people::forgotten_password::ResetPasswordPage ssr=ssr.clone()/>
                <Route path=path!("/account") view=people::account::AccountPage ssr=ssr.clone()/>
                <Route path=path!("/account/second-factor") view=people::second_factor::EnrolSecondFactorPage ssr=ssr.clone()/>
                <Route path=path!("/account/recovery-codes") view=people::second_factor::RecoveryCodesPage ssr=ssr.clone()/>
                <Route path=path!("/people") view=people::list::PeoplePage ssr=ssr.clone()/>
                <Route path=path!("/people/new") view=people::new::NewPersonPage ssr=ssr.clone()/>
                <Route path=path!("/people/:id") view=people::detail::PersonPage ssr=ssr.clone()/>
                <Route path=path!("/permissions") view=people::permissions::PermissionsPage ssr=ssr.clone()/>
                <Route path=path!("/organization") view=organizations::edit::OrganizationPage ssr=ssr.clone()/>
                <Route path=path!("/organization/classes") view=organizations::scale::ScalePage ssr=ssr.clone()/>
                <Route path=path!("/organizations") view=organizations::installation::OrganizationsPage ssr=ssr.clone()/>
                <Route path=path!("/vendors") view={registers::list::records_page::<VendorRecord>} ssr=ssr.clone()/>
                <Route path=path!("/vendors/new") view={registers::form::new_record_page::<VendorRecord>} ssr=ssr.clone()/>
                <Route path=path!("/vendors/:id") view={registers::detail::record_page::<VendorRecord>} ssr=ssr.clone()/>
                <Route path=path!("/vendors/:id/edit") view={registers::form::edit_record_page::<VendorRecord>} ssr=ssr.clone()/>
                <Route path=path!("/engagements") view={registers::list::records_page::<EngagementRecord>} ssr=ssr.clone()/>
                <Route path=path!("/engagements/new") view={registers::form::new_record_page::<EngagementRecord>} ssr=ssr.clone()/>
                <Route path=path!("/engagements/:id") view={registers::detail::record_page::<EngagementRecord>} ssr=ssr.clone()/>
                <Route path=path!("/engagements/:id/edit") view={registers::form::edit_record_page::<EngagementRecord>} ssr=ssr.clone()/>
                <Route path=path!("/cloud-services") view={registers::list::records_page::<CloudServiceRecord>} ssr=ssr.clone()/>
                <Route path=path!("/cloud-services/new") view={registers::form::new_record_page::<CloudServiceRecord>} ssr=ssr.clone()/>
                <Route path=path!("/cloud-services/:id") view={registers::detail::record_page::<CloudServiceRecord>} ssr=ssr.clone()/>
                <Route path=path!("/cloud-services/:id/edit") view={registers::form::edit_record_page::<CloudServiceRecord>} ssr=ssr.clone()/>
                <Route path=path!("/social-accounts") view={registers::list::records_page::<SocialAccountRecord>} ssr=ssr.clone()/>
                <Route path=path!("/social-accounts/new") view={registers::form::new_record_page::<SocialAccountRecord>} ssr=ssr.clone()/>
                <Route path=path!("/social-accounts/:id") view={registers::detail::record_page::<SocialAccountRecord>} ssr=ssr.clone()/>
                <Route path=path!("/social-accounts/:id/edit") view={registers::form::edit_record_page::<SocialAccountRecord>} ssr=ssr.clone()/>
                <Route path=path!("/departments") view={registers::list::records_page::<DepartmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/departments/new") view={registers::form::new_record_page::<DepartmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/departments/:id") view={registers::detail::record_page::<DepartmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/departments/:id/edit") view={registers::form::edit_record_page::<DepartmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/posts") view={registers::list::records_page::<PostRecord>} ssr=ssr.clone()/>
                <Route path=path!("/posts/new") view={registers::form::new_record_page::<PostRecord>} ssr=ssr.clone()/>
                <Route path=path!("/posts/:id") view={registers::detail::record_page::<PostRecord>} ssr=ssr.clone()/>
                <Route path=path!("/posts/:id/edit") view={registers::form::edit_record_page::<PostRecord>} ssr=ssr.clone()/>
                <Route path=path!("/certifications") view={registers::list::records_page::<CertificationRecord>} ssr=ssr.clone()/>
                <Route path=path!("/certifications/new") view={registers::form::new_record_page::<CertificationRecord>} ssr=ssr.clone()/>
                <Route path=path!("/certifications/:id") view={registers::detail::record_page::<CertificationRecord>} ssr=ssr.clone()/>
                <Route path=path!("/certifications/:id/edit") view={registers::form::edit_record_page::<CertificationRecord>} ssr=ssr.clone()/>
                <Route path=path!("/contacts") view={registers::list::records_page::<ContactRecord>} ssr=ssr.clone()/>
                <Route path=path!("/contacts/new") view={registers::form::new_record_page::<ContactRecord>} ssr=ssr.clone()/>
                <Route path=path!("/contacts/:id") view={registers::detail::record_page::<ContactRecord>} ssr=ssr.clone()/>
                <Route path=path!("/contacts/:id/edit") view={registers::form::edit_record_page::<ContactRecord>} ssr=ssr.clone()/>
                <Route path=path!("/subcontracts") view={registers::list::records_page::<SubcontractRecord>} ssr=ssr.clone()/>
                <Route path=path!("/subcontracts/new") view={registers::form::new_record_page::<SubcontractRecord>} ssr=ssr.clone()/>
                <Route path=path!("/subcontracts/:id") view={registers::detail::record_page::<SubcontractRecord>} ssr=ssr.clone()/>
                <Route path=path!("/subcontracts/:id/edit") view={registers::form::edit_record_page::<SubcontractRecord>} ssr=ssr.clone()/>
                <Route path=path!("/service-uses") view={registers::list::records_page::<ServiceUseRecord>} ssr=ssr.clone()/>
                <Route path=path!("/service-uses/new") view={registers::form::new_record_page::<ServiceUseRecord>} ssr=ssr.clone()/>
                <Route path=path!("/service-uses/:id") view={registers::detail::record_page::<ServiceUseRecord>} ssr=ssr.clone()/>
                <Route path=path!("/service-uses/:id/edit") view={registers::form::edit_record_page::<ServiceUseRecord>} ssr=ssr.clone()/>
                <Route path=path!("/account-incidents") view={registers::list::records_page::<AccountIncidentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/account-incidents/new") view={registers::form::new_record_page::<AccountIncidentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/account-incidents/:id") view={registers::detail::record_page::<AccountIncidentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/account-incidents/:id/edit") view={registers::form::edit_record_page::<AccountIncidentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/appointments") view={registers::list::records_page::<AppointmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/appointments/new") view={registers::form::new_record_page::<AppointmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/appointments/:id") view={registers::detail::record_page::<AppointmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/appointments/:id/edit") view={registers::form::edit_record_page::<AppointmentRecord>} ssr=ssr.clone()/>
                <Route path=path!("/registers/:register/import") view=imports::upload::ImportPage ssr=ssr.clone()/>
                <Route path=path!("/imports/:id") view=imports::detail::ImportDetailPage ssr=ssr.clone()/>
                <Route path=path!("/assessments") view=assessments::list::AssessmentsPage ssr=ssr.clone()/>
                <Route path=path!("/assessments/:id") view=assessments::review::ReviewPage ssr=ssr.clone()/>
                <Route path=path!("/assessments/:id/invitation") view=assessments::invitation::FreshInvitationPage ssr=ssr.clone()/>
                <Route path=path!("/assessments/:id/requirements/:requirement") view=assessments::explanation::ExplanationPage ssr=ssr.clone()/>
                <Route path=path!("/officers") view=organizations::officers::OfficersPage ssr=ssr.clone()/>
                <Route path=path!("/handovers") view=handovers::list::HandoversPage ssr=ssr.clone()/>
                <Route path=path!("/handovers/:id") view=handovers::detail::HandoverPage ssr=ssr.clone()/>
                <Route path=path!("/policies") view=policies::list::PoliciesPage ssr=ssr.clone()/>
                <Route path=path!("/policies/compare") view=policies::compare::ComparePoliciesPage ssr=ssr.clone()/>
                <Route path=path!("/policies/trial") view=policies::trial::TrialPage ssr=ssr.clone()/>
                <Route path=path!("/policies/versions") view=policies::versions::PolicyVersionsPage ssr=ssr.clone()/>
                <Route path=path!("/policies/versions/:id") view=policies::version::PolicyVersionPage ssr=ssr.clone()/>
                <Route path=path!("/policies/:id") view=policies::detail::PolicyPage ssr=ssr.clone()/>
                <Route path=path!("/questionnaires") view=questionnaires::list::QuestionnairesPage ssr=ssr.clone()/>
                <Route path=path!("/questionnaires/import") view=questionnaires::import::ImportQuestionnairePage ssr=ssr.clone()/>
                <Route path=path!("/questionnaires/uploads/:id") view=questionnaires::upload::UploadPage ssr=ssr.clone()/>
                <Route path=path!("/questionnaires/versions/:id") view=questionnaires::version::QuestionnaireVersionPage ssr=ssr.clone()/>
                <Route path=path!("/questionnaires/:id") view=questionnaires::detail::QuestionnairePage ssr=ssr.clone()/>
                <Route path=path!("/audit-events") view=audit::AuditEventsPage ssr=ssr.clone()/>
                <Route path=path!("/invitations/:token") view=answering::invitation::InvitationPage ssr=ssr.clone()/>
                <Route path=path!("/answer/:id") view=answering::start::StartPage ssr=ssr.clone()/>
                <Route path=path!("/my-assessments") view=answering::my_assessments::MyAssessmentsPage ssr=ssr.clone()/>
                <Route path=path!("/my-assessments/leave") view=answering::my_assessments::LeavePage ssr=ssr.clone()/>
                <Route path=path!("/my-assessments/account") view=answering::my_assessments::KeepAccountPage ssr=ssr.clone()/>
                <Route path=path!("/answer/:id/colleagues") view=answering::colleagues::ColleaguesPage ssr=ssr.clone()/>
                <Route path=path!("/answer/:id/sections/:number") view=answering::section::SectionPage ssr=ssr.clone()/>
                <Route path=path!("/answer/:id/review") view=answering::submission::SubmissionPage ssr=ssr.clone()/>
                <Route path=path!("/answer/:id/receipt") view=answering::receipt::ReceiptPage ssr=ssr.clone()/>
                <Route path=path!("/forbidden") view=refused::Forbidden ssr=ssr.clone()/>
                <Route path=path!("/not-found") view=refused::NotFound ssr/>
            </FlatRoutes>
        </Router>
    }
}
