//! Sign-in with a provider: OpenID Connect, authorization code flow with PKCE (RFC 7636), state and nonce.
//!
//! What the provider says is checked by `openidconnect`: issuer, audience, signature, nonce, times. Accounts are linked by
//! issuer and subject, never by an e-mail address. No redirect is followed. Metadata and keys are fetched for each step, so
//! that a provider which changes its keys is understood at once.

use super::{
    NextStep, People, Proved,
    memberships::{membership, new_user},
    providers::{FirstSignIn, Provider, is_protected},
};
use crate::{
    error::internal,
    permission::{self, Actor, JobName},
    store::{
        AuditEvent,
        records::{Identity, Membership},
    },
};
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, MembershipId, OrganizationId, UserId},
    people::Role,
};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
    reqwest,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, time::Duration};

/// A provider that answers more slowly is down.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every claim that is not a standard one.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Extra {
    #[serde(flatten)]
    claims: BTreeMap<String, Json>,
}

impl AdditionalClaims for Extra {}

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type ProviderClient = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the browser's session keeps while somebody is at the provider.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Journey {
    /// The provider's key.
    pub provider: String,
    state: String,
    nonce: String,
    verifier: String,
    started_at: i64,
}

/// How long somebody may take at the provider, milliseconds.
const JOURNEY_AT_MOST_MS: i64 = 10 * 60 * 1000;

/// Why somebody who comes from a provider is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIn {
    /// The provider does not answer, or not as a provider does.
    Down,
    /// What came back does not belong to a sign-in begun here, or took too long.
    Strange,
    /// The provider did not vouch for them, or its word does not hold.
    Refused,
    /// An administrator has to approve them first.
    Waiting,
    /// None of their groups gives a role.
    NoRole,
}

impl NotIn {
    /// Its name in the address of the sign-in page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Strange => "strange",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
            Self::NoRole => "no-role",
        }
    }

    /// The reason with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Down, Self::Strange, Self::Refused, Self::Waiting, Self::NoRole]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// A sign-in with a provider that came to its end: in, or not.
pub type Arrival = Result<Proved, NotIn>;

/// What a provider vouches for.
#[derive(Debug)]
struct Vouched {
    issuer: String,
    subject: String,
    name: String,
    email: String,
    groups: Vec<String>,
    department: Option<String>,
}

impl People<'_> {
    /// The providers of the sign-in page.
    #[must_use]
    pub fn providers(&self) -> &super::providers::Providers {
        &self.0.providers
    }

    /// Sends somebody to a provider: where to, and what their session keeps meanwhile.
    ///
    /// # Errors
    /// NotFound where there is no such provider.
    pub async fn set_out(&self, key: &str) -> Result<Result<(String, Journey), NotIn>, PortalError> {
        let provider = self.0.providers.find(key).ok_or(PortalError::NotFound)?;
        let Ok((client, _)) = self.client(provider).await else { return Ok(Err(NotIn::Down)) };
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email", &provider.groups_claim].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let journey = Journey {
            provider: key.to_owned(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            started_at: self.0.clock.now_ms(),
        };
        Ok(Ok((address.to_string(), journey)))
    }

    /// Takes back somebody who was at a provider.
    ///
    /// # Errors
    /// NotFound where there is no such provider; Internal where the database fails.
    pub async fn arrive(
        &self,
        key: &str,
        journey: Option<Journey>,
        state: &str,
        code: Option<String>,
    ) -> Result<Arrival, PortalError> {
        let provider = self.0.providers.find(key).ok_or(PortalError::NotFound)?;
        let organization = self.0.store.organization_by_code(&provider.organization).await?;
        let organization = OrganizationId(organization.ok_or(PortalError::NotFound)?.id);
        let now = self.0.clock.now_ms();
        let fits = |journey: &Journey| {
            journey.provider == key && journey.state == state && now - journey.started_at <= JOURNEY_AT_MOST_MS
        };
        let outcome = match (journey.filter(fits), code) {
            (None, _) => Err(NotIn::Strange),
            (Some(_), None) => Err(NotIn::Refused),
            (Some(journey), Some(code)) => self.vouched(provider, journey, code).await,
        };
        let arrival = match outcome {
            Ok(vouched) => self.admit(provider, organization, vouched).await?,
            Err(not_in) => Err(not_in),
        };
        if let Err(not_in) = arrival {
            let permit =
                permission::in_organization(permission::SignIn, &Actor::System(JobName::SignIn, organization))?;
            let writing = self.0.store.write(&permit, now).await?;
            let detail = json!({ "accepted": false, "by": provider.granted_by(), "because": not_in.code() });
            writing.commit(AuditEvent::about("organization", organization.0, detail)).await?;
        }
        Ok(arrival)
    }

    /// Exchanges the code and checks what the provider says.
    async fn vouched(&self, provider: &Provider, journey: Journey, code: String) -> Result<Vouched, NotIn> {
        let (client, http) = self.client(provider).await?;
        let exchange = client.exchange_code(AuthorizationCode::new(code)).map_err(|_| NotIn::Down)?;
        let answer = exchange.set_pkce_verifier(PkceCodeVerifier::new(journey.verifier)).request_async(&http).await;
        let answer = answer.map_err(|error| {
            tracing::warn!(target: "security", provider = provider.key, error = ?error.to_string(), "the provider did not exchange the code");
            match error {
                openidconnect::RequestTokenError::ServerResponse(_) => NotIn::Refused,
                _ => NotIn::Down,
            }
        })?;
        let token = answer.id_token().ok_or(NotIn::Refused)?;
        let claims = token.claims(&client.id_token_verifier(), &Nonce::new(journey.nonce)).map_err(|error| {
            tracing::warn!(target: "security", provider = provider.key, error = ?error.to_string(), "what the provider says does not hold");
            NotIn::Refused
        })?;
        let extra = &claims.additional_claims().claims;
        let groups = match extra.get(&provider.groups_claim) {
            Some(Json::Array(groups)) => groups.iter().filter_map(|group| group.as_str().map(str::to_owned)).collect(),
            Some(Json::String(group)) => vec![group.clone()],
            _ => Vec::new(),
        };
        let department = extra.get(&provider.department_claim).and_then(Json::as_str).map(str::to_owned);
        let subject = claims.subject().to_string();
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        Ok(Vouched {
            issuer: claims.issuer().to_string(),
            name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| subject.clone()).chars().take(100).collect(),
            email: claims.email().map(|email| email.to_string()).unwrap_or_default(),
            subject,
            groups,
            department,
        })
    }

    /// The client of a provider, from what it publishes about itself now.
    async fn client(&self, provider: &Provider) -> Result<(ProviderClient, reqwest::Client), NotIn> {
        let down = |error: &dyn std::fmt::Display| {
            tracing::warn!(provider = provider.key, error = ?error.to_string(), "the provider cannot be asked");
            NotIn::Down
        };
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            // Its keys too come from where it says: over TLS, whatever that is.
            .https_only(provider.issuer.starts_with("https://"))
            .build()
            .map_err(|error| down(&error))?;
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| down(&error))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.map_err(|error| down(&error))?;
        let token = metadata.token_endpoint().map(|address| address.as_str()).unwrap_or_default();
        if !is_protected(token) || !is_protected(metadata.authorization_endpoint().as_str()) {
            return Err(down(&"its endpoints are not protected by TLS"));
        }
        let back = format!("{}/sign-in/callback/{}", self.0.config.public_url.trim_end_matches('/'), provider.key);
        let back = RedirectUrl::new(back).map_err(|error| down(&error))?;
        let id = ClientId::new(provider.client_id.clone());
        let secret = ClientSecret::new(provider.secret().to_owned());
        Ok((Client::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back), http))
    }

    /// Lets in whoever the provider vouches for, in the role their groups give today.
    async fn admit(
        &self,
        provider: &Provider,
        organization: OrganizationId,
        vouched: Vouched,
    ) -> Result<Arrival, PortalError> {
        let portal = self.0;
        let Some(role) = provider.role(&vouched.groups) else {
            self.end_claimed(provider, organization, &vouched).await?;
            return Ok(Err(NotIn::NoRole));
        };
        let departments = portal.store.departments(organization).await?;
        let named = |name: &str| departments.iter().find(|row| row.name == name).map(|row| DepartmentId(row.id));
        let department = vouched.department.as_deref().and_then(named).or_else(|| named(&provider.default_department));
        let Some(department) = department else {
            return Err(internal(format!("the provider {} names no department that is there", provider.key)));
        };
        let known = portal.store.user_by_identity(&vouched.issuer, &vouched.subject).await?;
        match known {
            Some(user) => self.readmit(provider, organization, user, role, department).await,
            None => self.admit_first(provider, organization, vouched, role, department).await,
        }
    }

    /// Somebody's first sign-in.
    async fn admit_first(
        &self,
        provider: &Provider,
        organization: OrganizationId,
        vouched: Vouched,
        role: Role,
        department: DepartmentId,
    ) -> Result<Arrival, PortalError> {
        let portal = self.0;
        let approved = match &provider.first_sign_in {
            FirstSignIn::Approval => false,
            FirstSignIn::ByRole => true,
            FirstSignIn::Allowed(subjects) => subjects.contains(&vouched.subject),
        };
        let permit = permission::in_organization(permission::SignIn, &Actor::System(JobName::SignIn, organization))?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let id = portal.rng.id(&portal.clock);
        let sign_in_name = format!("{}:{}", provider.key, vouched.subject);
        let user = new_user(id, sign_in_name, vouched.name, vouched.email, None, false);
        let identity =
            Identity { issuer: vouched.issuer, subject: vouched.subject, user_id: id, linked_at: writing.at_ms() };
        writing.add_vouched_user(user, identity).await?;
        let next = MembershipId(portal.rng.id(&portal.clock));
        let claimed = membership(
            next,
            UserId(id),
            department,
            role,
            portal.clock.today(),
            &provider.granted_by(),
            writing.at_ms(),
        );
        let approved_at = approved.then_some(writing.at_ms());
        writing.add_claimed_membership(Membership { approved_at, ..claimed }).await?;
        let detail = json!({ "first": true, "by": provider.granted_by(), "role": role, "approved": approved });
        writing.commit(AuditEvent::about("user", id, detail)).await?;
        Ok(if approved { Ok(Proved { user: UserId(id), next: NextStep::None }) } else { Err(NotIn::Waiting) })
    }

    /// Somebody who has been here before: their role follows their groups.
    async fn readmit(
        &self,
        provider: &Provider,
        organization: OrganizationId,
        user: UserId,
        role: Role,
        department: DepartmentId,
    ) -> Result<Arrival, PortalError> {
        let portal = self.0;
        let active = portal.store.user(user).await?.is_some_and(|row| row.active);
        if !active {
            return Ok(Err(NotIn::Refused));
        }
        let open = portal.store.open_memberships(user, organization).await?;
        let claimed = open.iter().find(|row| row.granted_by == provider.granted_by());
        let permit = permission::in_organization(permission::SignIn, &Actor::System(JobName::SignIn, organization))?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let mut detail = json!({ "accepted": true, "by": provider.granted_by() });
        let mut waits = open.iter().all(|row| row.approved_at.is_none());
        match claimed {
            Some(row) if row.role == role.code() && row.department_id == department.0 => {}
            // An administrator ended it, or gave another one by hand: that stands.
            None if !open.is_empty() => {}
            earlier => {
                // Whoever had left comes back by somebody's approval.
                let approved_at = earlier.and_then(|row| row.approved_at);
                if let Some(row) = earlier {
                    writing.end_claimed_membership(MembershipId(row.id)).await?;
                }
                let next = MembershipId(portal.rng.id(&portal.clock));
                let today = portal.clock.today();
                let new = membership(next, user, department, role, today, &provider.granted_by(), writing.at_ms());
                writing.add_claimed_membership(Membership { approved_at, ..new }).await?;
                waits = approved_at.is_none();
                detail = json!({ "accepted": true, "by": provider.granted_by(), "role": role });
            }
        }
        writing.commit(AuditEvent::about("user", user.0, detail)).await?;
        Ok(if waits { Err(NotIn::Waiting) } else { Ok(Proved { user, next: NextStep::None }) })
    }

    /// Ends the role of somebody whose groups give none any more.
    async fn end_claimed(
        &self,
        provider: &Provider,
        organization: OrganizationId,
        vouched: &Vouched,
    ) -> Result<(), PortalError> {
        let portal = self.0;
        let Some(user) = portal.store.user_by_identity(&vouched.issuer, &vouched.subject).await? else { return Ok(()) };
        let open = portal.store.open_memberships(user, organization).await?;
        let Some(claimed) = open.iter().find(|row| row.granted_by == provider.granted_by()) else { return Ok(()) };
        let permit = permission::in_organization(permission::SignIn, &Actor::System(JobName::SignIn, organization))?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.end_claimed_membership(MembershipId(claimed.id)).await?;
        let detail = json!({ "ended": claimed.role, "by": provider.granted_by() });
        writing.commit(AuditEvent::about("membership", claimed.id, detail)).await
    }
}
