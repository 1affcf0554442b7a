//! Server functions about people: sign-in in its steps, one's own account, who belongs to the organization, colleagues.

use kakunin_api::{
    PortalError,
    ids::{AssessmentId, InvitationId, MembershipId, OrganizationId},
    organizations::ScaleForm,
    people::{
        AddPerson, ChangeRole, ChoosePassword, CreateOrganization, EditOrganization, EndSession, ForgottenPassword,
        InviteContributor, RemoveSecondFactor, SecondFactor, SignIn,
    },
};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{
    request::{self, Shown, Visit},
    routes,
};
#[cfg(feature = "ssr")]
use kakunin_server::{
    http::session,
    people::{NextStep, Proved},
    permission::Actor,
};

/// Signs in with a local account.
#[server(name = SignInEndpoint, endpoint = "people/sign-in")]
pub async fn sign_in(form: SignIn) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = match visit.portal.people().sign_in(&form, &visit.origin.address).await {
        Ok(proved) => visit.enter(proved).await,
        Err(error) => Err(error),
    };
    // What was typed comes back, but no more of it than a name has.
    let kept = SignIn { sign_in_name: form.sign_in_name.chars().take(100).collect(), password: String::new() };
    visit.settle("people/sign-in", &kept, routes::SIGN_IN, outcome).await
}

/// The second step of a sign-in.
#[server(name = SecondFactorEndpoint, endpoint = "people/second-factor")]
pub async fn second_factor(form: SecondFactor) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let user = session::pending(&visit.portal, &visit.session, NextStep::SecondFactor).await?;
        let proved = visit.portal.people().prove_second_factor(user, &form, &visit.origin.address).await?;
        visit.enter(proved).await
    };
    visit.settle("people/second-factor", &SecondFactor::default(), routes::SECOND_FACTOR, outcome.await).await
}

/// Chooses a password in place of the first one, and is signed in.
#[server(name = FirstPasswordEndpoint, endpoint = "people/first-password")]
pub async fn first_password(form: ChoosePassword) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let user = session::pending(&visit.portal, &visit.session, NextStep::NewPassword).await?;
        let proved = visit.portal.people().choose_first_password(user, &form).await?;
        visit.enter(proved).await
    };
    visit.settle("people/first-password", &ChoosePassword::default(), routes::FIRST_PASSWORD, outcome.await).await
}

/// Asks for a link to choose a new password.
#[server(name = ForgotPasswordEndpoint, endpoint = "people/forgot-password")]
pub async fn forgot_password(form: ForgottenPassword) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let asked = visit.portal.people().forgot_password(&form, &visit.origin.address).await;
    let done = asked.map(|()| format!("{}?done=1", routes::FORGOTTEN_PASSWORD));
    visit.settle("people/forgot-password", &ForgottenPassword::default(), routes::FORGOTTEN_PASSWORD, done).await
}

/// Chooses a new password by a link; from here on the link is worth nothing.
#[server(name = ResetPasswordEndpoint, endpoint = "people/reset-password")]
pub async fn reset_password(token: String, form: ChoosePassword) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = visit.portal.people().reset_password(&token, &form).await;
    let back = request::own_path(&routes::reset_link(&token));
    let done = outcome.map(|()| format!("{}?reset=1", routes::SIGN_IN));
    visit.settle("people/reset-password", &ChoosePassword::default(), &back, done).await
}

/// Signs out; nothing of what was seen stays in the browser.
#[server(name = SignOutEndpoint, endpoint = "people/sign-out")]
pub async fn sign_out() -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let actor = visit.actor().await;
    if let Ok(actor) = &actor {
        visit.portal.people().sign_out(actor).await?;
    }
    session::end(&visit.session).await?;
    request::clear_site_data();
    leptos_axum::redirect(if matches!(actor, Ok(Actor::Contractor(_))) { routes::LEFT } else { routes::SIGN_IN });
    Ok(())
}

/// Chooses the language and goes back to the page.
#[server(name = ChooseLanguageEndpoint, endpoint = "people/language")]
pub async fn choose_language(language: String, back: String) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    request::remember_language(&language, visit.portal.config().is_https());
    leptos_axum::redirect(&request::own_path(&back));
    Ok(())
}

/// Goes to work for another organization.
#[server(name = SwitchOrganizationEndpoint, endpoint = "people/switch-organization")]
pub async fn switch_organization(organization: OrganizationId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = session::switch(&visit.portal, &visit.session, organization).await;
    visit.settle("people/switch-organization", &(), routes::HOME, outcome.map(|()| routes::HOME.to_owned())).await
}

/// Changes one's own password.
#[server(name = ChangePasswordEndpoint, endpoint = "people/change-password")]
pub async fn change_password(form: ChoosePassword) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let this = session::id_hash(&visit.session);
    let outcome = async { visit.portal.people().change_password(visit.account().await?, &form, this.as_deref()).await };
    let done = outcome.await.map(|()| format!("{}?done=password", routes::ACCOUNT));
    visit.settle("people/change-password", &ChoosePassword::default(), routes::ACCOUNT, done).await
}

/// Keeps a second factor that a code has proved.
#[server(name = KeepSecondFactorEndpoint, endpoint = "people/keep-second-factor")]
pub async fn keep_second_factor(form: SecondFactor) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let user = visit.enrolling().await?;
        let signed_in = visit.account().await.is_ok();
        let secret = visit.enrolment_secret().await.ok_or(PortalError::NotFound)?;
        let this = session::id_hash(&visit.session);
        let codes = visit.portal.people().keep_second_factor(user, &secret, &form, this.as_deref()).await?;
        visit.forget_enrolment_secret().await?;
        if !signed_in {
            visit.enter(Proved { user, next: NextStep::None }).await?;
        }
        visit.show_once(&Shown::RecoveryCodes(codes)).await?;
        Ok(routes::RECOVERY_CODES.to_owned())
    };
    let outcome = outcome.await;
    visit.settle("people/keep-second-factor", &SecondFactor::default(), routes::ENROL_SECOND_FACTOR, outcome).await
}

/// Takes one's own second factor away.
#[server(name = RemoveSecondFactorEndpoint, endpoint = "people/remove-second-factor")]
pub async fn remove_second_factor(form: RemoveSecondFactor) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let this = session::id_hash(&visit.session);
    let outcome =
        async { visit.portal.people().remove_second_factor(visit.account().await?, &form, this.as_deref()).await };
    let done = outcome.await.map(|()| format!("{}?done=second-factor", routes::ACCOUNT));
    visit.settle("people/remove-second-factor", &RemoveSecondFactor::default(), routes::ACCOUNT, done).await
}

/// Ends one of one's own sessions; all others where none is named.
#[server(name = EndSessionEndpoint, endpoint = "people/end-session")]
pub async fn end_session(form: EndSession) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let this = session::id_hash(&visit.session);
    let outcome = async { visit.portal.people().end_session(visit.account().await?, &form, this.as_deref()).await };
    let done = outcome.await.map(|()| format!("{}?done=session", routes::ACCOUNT));
    visit.settle("people/end-session", &EndSession::default(), routes::ACCOUNT, done).await
}

/// Brings a person into the organization.
#[server(name = AddPersonEndpoint, endpoint = "people/add")]
pub async fn add_person(form: AddPerson) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let first = visit.portal.people().add(&visit.actor().await?, &form).await?;
        let page = routes::person(first.membership);
        visit.show_once(&Shown::FirstPassword(first)).await?;
        Ok(page)
    };
    let outcome = outcome.await;
    visit.settle("people/add", &form, routes::NEW_PERSON, outcome).await
}

/// Gives somebody another role or department.
#[server(name = ChangeRoleEndpoint, endpoint = "people/change-role")]
pub async fn change_role(form: ChangeRole) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.people().change_role(&visit.actor().await?, &form).await };
    let back = request::own_path(&format!("{}/{}", routes::PEOPLE, form.membership));
    let done = outcome.await.map(|id| format!("{}?done=role", routes::person(id)));
    visit.settle("people/change-role", &form, &back, done).await
}

/// Ends somebody's role.
#[server(name = EndMembershipEndpoint, endpoint = "people/end-membership")]
pub async fn end_membership(membership: MembershipId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.people().end_membership(&visit.actor().await?, membership).await };
    let page = routes::person(membership);
    visit.settle("people/end-membership", &(), &page, outcome.await.map(|()| format!("{page}?done=ended"))).await
}

/// Approves a role that a provider's claims asked for.
#[server(name = ApproveMembershipEndpoint, endpoint = "people/approve-membership")]
pub async fn approve_membership(membership: MembershipId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.people().approve_membership(&visit.actor().await?, membership).await };
    let page = routes::person(membership);
    visit.settle("people/approve-membership", &(), &page, outcome.await.map(|()| format!("{page}?done=approved"))).await
}

/// Accepts a role that another organization gave.
#[server(name = AcceptMembershipEndpoint, endpoint = "people/accept-membership")]
pub async fn accept_membership(membership: MembershipId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.people().accept_membership(&visit.actor().await?, membership).await };
    let done = outcome.await.map(|()| format!("{}?done=accepted", routes::ACCOUNT));
    visit.settle("people/accept-membership", &(), routes::ACCOUNT, done).await
}

/// Gives somebody a new first password.
#[server(name = ResetSignInEndpoint, endpoint = "people/reset-sign-in")]
pub async fn reset_sign_in(membership: MembershipId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let first = visit.portal.people().reset_sign_in(&visit.actor().await?, membership).await?;
        visit.show_once(&Shown::FirstPassword(first)).await?;
        Ok(routes::person(membership))
    };
    let outcome = outcome.await;
    visit.settle("people/reset-sign-in", &(), &routes::person(membership), outcome).await
}

/// Creates an organization with its first administrator.
#[server(name = CreateOrganizationEndpoint, endpoint = "organizations/create")]
pub async fn create_organization(form: CreateOrganization) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let password = visit.portal.organizations().create(&visit.actor().await?, &form).await?;
        visit.show_once(&Shown::Administrator(form.sign_in_name.clone(), password)).await?;
        Ok(format!("{}?done=created", routes::ORGANIZATIONS))
    };
    let outcome = outcome.await;
    visit.settle("organizations/create", &form, routes::ORGANIZATIONS, outcome).await
}

/// Changes the line under the organization's name.
#[server(name = EditOrganizationEndpoint, endpoint = "organizations/edit")]
pub async fn edit_organization(form: EditOrganization) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.organizations().edit(&visit.actor().await?, &form).await };
    let done = outcome.await.map(|()| format!("{}?done=1", routes::ORGANIZATION));
    visit.settle("organizations/edit", &form, routes::ORGANIZATION, done).await
}

/// Names the organization's classes of information.
#[server(name = EditScaleEndpoint, endpoint = "organizations/scale")]
pub async fn edit_scale(form: ScaleForm) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.organizations().edit_scale(&visit.actor().await?, &form).await };
    let done = outcome.await.map(|()| format!("{}?done=1", routes::SCALE));
    visit.settle("organizations/scale", &form, routes::SCALE, done).await
}

/// Invites a colleague to answer together.
#[server(name = InviteContributorEndpoint, endpoint = "answering/invite-contributor")]
pub async fn invite_contributor(form: InviteContributor) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let page = request::own_path(&format!("/answer/{}/colleagues", form.assessment));
    let outcome = async {
        let invitation = visit.portal.people().invite_contributor(&visit.actor().await?, &form).await?;
        visit.show_once(&Shown::Invitation(invitation)).await?;
        Ok(page.clone())
    };
    let outcome = outcome.await;
    visit.settle("answering/invite-contributor", &form, &page, outcome).await
}

/// Ends a colleague's access.
#[server(name = RevokeContributorEndpoint, endpoint = "answering/revoke-contributor")]
pub async fn revoke_contributor(assessment: AssessmentId, invitation: InvitationId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome =
        async { visit.portal.people().revoke_contributor(&visit.actor().await?, assessment, invitation).await };
    let page = routes::colleagues(assessment);
    visit.settle("answering/revoke-contributor", &(), &page, outcome.await.map(|()| page.clone())).await
}

/// Keeps an account for whoever came in by a link.
#[server(name = KeepAccountEndpoint, endpoint = "answering/keep-account")]
pub async fn keep_account(form: ChoosePassword) -> Result<(), PortalError> {
    use kakunin_server::http::session::Visitor;
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        let user = visit.portal.people().keep_account(&actor, &form).await?;
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let visitor = Visitor::Contractor(own.invitation, Some(user));
        session::begin(&visit.portal, &visit.session, visitor, &visit.origin).await?;
        Ok(routes::MY_ASSESSMENTS.to_owned())
    };
    let outcome = outcome.await;
    visit.settle("answering/keep-account", &ChoosePassword::default(), routes::KEEP_ACCOUNT, outcome).await
}

/// Goes to answer one of the questionnaires of one's account.
#[server(name = ChooseAssessmentEndpoint, endpoint = "answering/choose")]
pub async fn choose_assessment(invitation: InvitationId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let chosen = session::choose(&visit.portal, &visit.session, invitation).await;
    let outcome = chosen.and_then(|actor| match actor {
        Actor::Contractor(own) => Ok(routes::answer(own.assessment)),
        _ => Err(PortalError::NotFound),
    });
    visit.settle("answering/choose", &(), routes::MY_ASSESSMENTS, outcome).await
}
