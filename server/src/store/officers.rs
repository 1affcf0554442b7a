//! Posts and appointments.

use super::{
    Store, Writing, containing, count, escaped,
    listing::{searched, within},
    rows,
    subjects::SubjectRecord,
};
use crate::{
    clock::{end_of_day_ms, in_japan},
    permission::{Action, Permit, ViewPosts},
    registers::{
        schema::Target,
        values::{Value, Values},
    },
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::{OrganizationId, RecordId},
    listing::PAGE_ROWS,
    normalized,
    subject::SubjectKind,
};
use sea_orm::{FromQueryResult, Value as Stored};
use uuid::Uuid;

/// A post with whoever holds it on a day.
#[derive(Clone, Debug, FromQueryResult)]
pub struct HeldPost {
    /// The post.
    pub post_id: Uuid,
    /// The cloud service it is attached to.
    pub cloud_service_id: Option<Uuid>,
    /// The social account it is attached to.
    pub social_account_id: Option<Uuid>,
    /// The engagement on whose contractor's side it is.
    pub engagement_id: Option<Uuid>,
    /// The service, account or engagement it is attached to.
    pub attached: Option<String>,
    /// Kind, such as `ciso` or `section_officer`.
    pub kind: String,
    /// 職名.
    pub title: String,
    /// Department it is attached to.
    pub department_id: Option<Uuid>,
    /// Its name.
    pub department_name: Option<String>,
    /// The appointment; none where vacant.
    pub appointment_id: Option<Uuid>,
    /// 氏名.
    pub person_name: Option<String>,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day, where set.
    pub ends_on: Option<String>,
    /// 発令番号.
    pub document_number: Option<String>,
    /// 職務代理.
    pub acting: Option<bool>,
    /// Whether it may be vacant.
    pub may_be_vacant: Option<bool>,
}

/// Somebody's time in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// 氏名.
    pub person_name: String,
    /// 職員番号, where known.
    pub person_code: String,
    /// First day, ISO.
    pub starts_on: String,
    /// Last day, ISO; empty where open.
    pub ends_on: String,
}

impl Term {
    /// That of an appointment with these values.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
        Self {
            person_name: text("person_name"),
            person_code: text("person_code"),
            starts_on: text("starts_on"),
            ends_on: text("ends_on"),
        }
    }

    /// The last day, far away where it is open. Days are ISO, so they compare as texts.
    fn last(&self) -> &str {
        if self.ends_on.is_empty() { "9999-12-31" } else { &self.ends_on }
    }

    /// What an appointment of this person is found by.
    fn key(&self) -> String {
        let parts = [normalized::search_key(&self.person_name), normalized::search_key(&self.person_code)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// By what the same person's appointments are found: a key, and a pattern of keys. The same is who has the same number; where one
    /// of two namesakes has none, they are taken for one.
    fn alike(&self) -> (String, String) {
        let (name, code) = (normalized::search_key(&self.person_name), normalized::search_key(&self.person_code));
        let alike = if code.is_empty() { format!("{} %", escaped(&name)) } else { format!("% {}", escaped(&code)) };
        (name, alike)
    }

    /// Whether it is the same person's, and no longer at either end.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.key() == other.key() && self.starts_on >= other.starts_on && self.last() <= other.last()
    }

    /// Whether both have a day in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.starts_on.as_str() <= other.last() && other.starts_on.as_str() <= self.last()
    }
}

/// What is said of posts `p`.
const HELD: &str = "p.id AS post_id, p.cloud_service_id, p.social_account_id, p.engagement_id, \
                    COALESCE((SELECT s.name FROM cloud_services s WHERE s.id = p.cloud_service_id), \
                    (SELECT s.handle FROM social_accounts s WHERE s.id = p.social_account_id), \
                    (SELECT s.title || '（' || v.name || '）' FROM engagements s JOIN vendors v ON v.id = s.vendor_id \
                    WHERE s.id = p.engagement_id)) AS attached, p.kind, p.title, p.department_id, d.name AS department_name, a.id AS appointment_id, \
                    a.person_name, a.starts_on, a.ends_on, a.document_number, a.acting, p.may_be_vacant";
/// With whoever holds them on day `$2`.
const HOLDERS: &str = "LEFT JOIN departments d ON d.id = p.department_id \
                       LEFT JOIN appointments a ON a.organization_id = p.organization_id AND a.post_id = p.id \
                       AND a.archived_at IS NULL AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2)";
/// Whether an appointment `a` holds on day `$2`.
const ON_DAY: &str = "a.archived_at IS NULL AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2)";
/// Whether a post `p` may not be vacant and is, on day `$2`.
pub(super) const VACANT: &str = "(p.may_be_vacant IS NOT TRUE AND p.id NOT IN (SELECT v.post_id FROM appointments v \
                                 WHERE v.organization_id = $1 AND v.archived_at IS NULL AND v.starts_on <= $2 \
                                 AND (v.ends_on IS NULL OR v.ends_on >= $2)))";
/// Whether the engagement of a post `p`, or its contractor, is found by `$3`.
const ENGAGED: &str = "OR p.engagement_id IN (SELECT s.id FROM engagements s WHERE s.organization_id = $1 AND (s.search_key LIKE $3 ESCAPE '!' \
     OR s.vendor_id IN (SELECT v.id FROM vendors v WHERE v.organization_id = $1 AND v.search_key LIKE $3 ESCAPE '!')))";
/// Whether the service or account of a post `p` is.
const SERVED: &str = "OR p.cloud_service_id IN (SELECT s.id FROM cloud_services s WHERE s.organization_id = $1 AND s.search_key LIKE $3 ESCAPE '!') \
                      OR p.social_account_id IN (SELECT s.id FROM social_accounts s WHERE s.organization_id = $1 AND s.search_key LIKE $3 ESCAPE '!')";
/// The posts `p` that decide.
const DECIDING: &str = "p.engagement_id IS NULL AND p.kind IN ('ciso', 'chief_officer', 'section_officer')";
/// Their order.
const IN_ORDER: &str = "ORDER BY p.position, p.id, a.starts_on";

/// Whether a post `p` is of nothing, or of what there is on day `$2`, which is `day`: its department, engagement, service or
/// account. That of a service or an account moves with it between departments, and is there as long as it is.
pub(super) fn exists(day: Date) -> String {
    // What has been archived since was there then.
    let kept = format!("(x.archived_at IS NULL OR x.archived_at > {})", end_of_day_ms(day));
    format!(
        "((p.department_id IS NULL OR p.cloud_service_id IS NOT NULL OR p.social_account_id IS NOT NULL OR p.department_id NOT IN (SELECT x.id FROM departments x \
         WHERE x.organization_id = $1 AND (x.starts_on > $2 OR x.ends_on < $2))) \
         AND (p.engagement_id IS NULL OR EXISTS (SELECT 1 FROM engagements x WHERE x.id = p.engagement_id AND {kept} \
         AND x.starts_on <= $2 AND COALESCE(x.extended_to, x.ends_on) >= $2)) \
         AND (p.cloud_service_id IS NULL OR EXISTS (SELECT 1 FROM cloud_services x WHERE x.id = p.cloud_service_id AND {kept} \
         AND (x.retired_on IS NULL OR x.retired_on >= $2))) \
         AND (p.social_account_id IS NULL OR EXISTS (SELECT 1 FROM social_accounts x WHERE x.id = p.social_account_id AND {kept} \
         AND (x.state <> 'closed' OR x.state_since > $2))))"
    )
}

/// What narrows posts `p` to those that a permit reaches: those on a contractor's side are seen by whoever sees the engagement.
pub(super) fn seen(permit: &Permit<ViewPosts>, values: &mut Vec<Stored>) -> String {
    let own = within(permit, "e.department_id", values);
    if own.is_empty() {
        return own;
    }
    format!(" AND (p.engagement_id IS NULL OR EXISTS (SELECT 1 FROM engagements e WHERE e.id = p.engagement_id{own}))")
}

impl Store {
    /// The posts that decide, with their holders on `day`, in order: those of the whole organization and of sections.
    pub async fn deciding_posts(&self, organization: OrganizationId, day: Date) -> Result<Vec<HeldPost>, PortalError> {
        self.held(organization, day, DECIDING, Vec::new()).await
    }

    /// The posts that a subject rests on, with their holders on `day`: those that decide, and those that answer for it.
    pub async fn responsible_posts(&self, subject: &SubjectRecord, day: Date) -> Result<Vec<HeldPost>, PortalError> {
        let own = match subject.subject.kind {
            SubjectKind::Engagement => return self.deciding_posts(subject.organization, day).await,
            SubjectKind::CloudService => "p.cloud_service_id = $3",
            SubjectKind::SocialAccount => {
                "p.kind = 'account_officer' AND (p.social_account_id IS NULL OR p.social_account_id = $3)"
            }
        };
        self.held(subject.organization, day, &format!("({DECIDING} OR {own})"), vec![subject.subject.id.0.into()]).await
    }

    /// The posts attached to a record, with their holders on `day`.
    pub async fn posts_attached(
        &self,
        organization: OrganizationId,
        day: Date,
        (target, id): (Target, Uuid),
    ) -> Result<Vec<HeldPost>, PortalError> {
        let column = match target {
            Target::Department => "department_id",
            Target::CloudService => "cloud_service_id",
            Target::SocialAccount => "social_account_id",
            Target::Engagement => "engagement_id",
            _ => return Ok(Vec::new()),
        };
        self.held(organization, day, &format!("p.{column} = $3"), vec![id.into()]).await
    }

    async fn held(
        &self,
        organization: OrganizationId,
        day: Date,
        narrowed: &str,
        more: Vec<Stored>,
    ) -> Result<Vec<HeldPost>, PortalError> {
        let own = "p.organization_id = $1 AND p.archived_at IS NULL";
        let sql = format!("SELECT {HELD} FROM posts p {HOLDERS} WHERE {own} AND {narrowed} {IN_ORDER}");
        let values = [organization.0.into(), day.to_string().into()].into_iter().chain(more).collect();
        self.rows(&sql, values).await
    }
}

impl Store {
    /// One page of the posts with their holders on `day`, in order; how many posts there are in all, and how many of them are
    /// vacant that may not be. `search` narrows all of it to those whose title, department, holder, system, service or account
    /// it is found in. A post that several hold has several rows.
    pub async fn posts_page(
        &self,
        permit: &Permit<ViewPosts>,
        day: Date,
        (search, page): (&str, u64),
        services: bool,
    ) -> Result<(Vec<HeldPost>, u64, u64), PortalError> {
        #[derive(FromQueryResult)]
        struct Counts {
            posts: i64,
            vacant: Option<i64>,
        }
        let offset = i64::try_from(page.clamp(1, 1_000_000).saturating_sub(1) * PAGE_ROWS).unwrap_or(0);
        let mut values: Vec<Stored> = vec![permit.organization().0.into(), day.to_string().into()];
        let exists = exists(day);
        // Who held a post that has been archived since held it nonetheless.
        let mut filter = format!(
            "p.organization_id = $1 AND {exists} AND (p.archived_at IS NULL OR p.archived_at > {} \
             AND p.id IN (SELECT a.post_id FROM appointments a WHERE a.organization_id = $1 AND {ON_DAY}))",
            end_of_day_ms(day)
        );
        let key = searched(search);
        if let Some(key) = &key {
            values.push(containing(key).into());
            // By a service or an account only for those who may see all of them.
            let attached = if services { SERVED } else { "" };
            filter.push_str(&format!(
                " AND (p.search_key LIKE $3 ESCAPE '!' \
                 OR p.department_id IN (SELECT d.id FROM departments d WHERE d.organization_id = $1 AND d.search_key LIKE $3 ESCAPE '!') \
                 {attached} {ENGAGED} \
                 OR p.id IN (SELECT a.post_id FROM appointments a WHERE a.organization_id = $1 AND {ON_DAY} AND a.search_key LIKE $3 ESCAPE '!'))"
            ));
        }
        filter.push_str(&seen(permit, &mut values));
        let (limit, from) = (values.len() + 1, values.len() + 2);
        // The posts first: with their holders only those of the page.
        let posts =
            format!("SELECT p.* FROM posts p WHERE {filter} ORDER BY p.position, p.id LIMIT ${limit} OFFSET ${from}");
        let sql = format!("SELECT {HELD} FROM ({posts}) p {HOLDERS} {IN_ORDER}");
        let at_most = i64::try_from(PAGE_ROWS).unwrap_or(50);
        let rows = self.rows(&sql, values.iter().cloned().chain([at_most.into(), offset.into()]).collect()).await?;
        let all = format!(
            "SELECT count(*) AS posts, CAST(sum(CASE WHEN {VACANT} THEN 1 ELSE 0 END) AS BIGINT) AS vacant FROM posts p WHERE {filter}"
        );
        let counts: Vec<Counts> = self.rows(&all, values).await?;
        let number = |count: Option<i64>| u64::try_from(count.unwrap_or(0)).unwrap_or(0);
        let first = counts.first();
        Ok((rows, number(first.map(|row| row.posts)), number(first.and_then(|row| row.vacant))))
    }
}

impl<A: Action> Writing<'_, A> {
    /// Whether a post that only one may hold is held by somebody else on a day of this term, or one that several may hold by the same
    /// person.
    pub async fn is_held(&self, post: Uuid, term: &Term, but: RecordId) -> Result<bool, PortalError> {
        let sql = "SELECT count(*) AS count FROM appointments a JOIN posts p ON p.id = a.post_id \
                   WHERE a.organization_id = $1 AND a.post_id = $2 AND a.id <> $3 AND a.archived_at IS NULL \
                   AND (p.may_be_shared IS NOT TRUE OR a.search_key = $6 OR a.search_key LIKE $7 ESCAPE '!') \
                   AND a.starts_on <= $5 AND (a.ends_on IS NULL OR a.ends_on >= $4)";
        let (from, to) = (term.starts_on.as_str(), term.last());
        let own: [Stored; 4] = [self.organization().into(), post.into(), but.0.into(), from.into()];
        let (name, alike) = term.alike();
        let values = own.into_iter().chain([to.into(), name.into(), alike.into()]).collect();
        Ok(count(&self.transaction, sql, values).await? > 0)
    }

    /// Whether a post is on a contractor's side of an engagement.
    pub async fn is_contractors(&self, post: Uuid) -> Result<bool, PortalError> {
        let sql =
            "SELECT count(*) AS count FROM posts WHERE organization_id = $1 AND id = $2 AND engagement_id IS NOT NULL";
        Ok(count(&self.transaction, sql, vec![self.organization().into(), post.into()]).await? > 0)
    }

    /// Whether any post of the organization is held with no other.
    pub async fn has_posts_held_alone(&self) -> Result<bool, PortalError> {
        let sql = "SELECT count(*) AS count FROM posts WHERE organization_id = $1 AND may_be_combined = FALSE";
        Ok(count(&self.transaction, sql, vec![self.organization().into()]).await? > 0)
    }

    /// Whether the same person holds another post on a day of this term, and one of the two may be held with no other.
    pub async fn is_combined(&self, post: Uuid, term: &Term, but: RecordId) -> Result<bool, PortalError> {
        self.has_other(post, term, but, "(p.may_be_combined = FALSE OR o.may_be_combined = FALSE)").await
    }

    /// Whether the same person holds another post on a day of this term.
    pub async fn holds_another(&self, post: Uuid, term: &Term, but: RecordId) -> Result<bool, PortalError> {
        self.has_other(post, term, but, "1 = 1").await
    }

    /// Whether the same person holds another post `p`, under this condition about it and the post `o`. The same is, among the town's
    /// people or those of one contractor, who has the same staff number; where one of two namesakes has none, they are taken for one.
    async fn has_other(
        &self,
        post: Uuid,
        term: &Term,
        but: RecordId,
        condition: &'static str,
    ) -> Result<bool, PortalError> {
        let sql = format!(
            "SELECT count(*) AS count FROM posts o JOIN appointments a ON a.organization_id = o.organization_id \
             JOIN posts p ON p.id = a.post_id \
             WHERE o.organization_id = $1 AND o.id = $2 AND p.id <> $2 AND a.id <> $3 AND a.archived_at IS NULL \
             AND p.archived_at IS NULL AND {condition} AND a.starts_on <= $5 AND (a.ends_on IS NULL OR a.ends_on >= $4) \
             AND (a.search_key = $6 OR a.search_key LIKE $7 ESCAPE '!') AND (p.engagement_id IS NULL AND o.engagement_id IS NULL \
             OR (SELECT e.vendor_id FROM engagements e WHERE e.id = p.engagement_id) \
             = (SELECT e.vendor_id FROM engagements e WHERE e.id = o.engagement_id))"
        );
        let (name, alike) = term.alike();
        let (from, to) = (term.starts_on.as_str(), term.last());
        let own: [Stored; 4] = [self.organization().into(), post.into(), but.0.into(), from.into()];
        let values = own.into_iter().chain([to.into(), name.into(), alike.into()]).collect();
        Ok(count(&self.transaction, &sql, values).await? > 0)
    }

    /// Who holds a post today or later, and from today on.
    pub async fn terms_to_come(&self, post: RecordId) -> Result<Vec<(RecordId, Term)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Held {
            id: Uuid,
            person_name: String,
            person_code: String,
            starts_on: Option<String>,
            ends_on: Option<String>,
        }
        let today = in_japan(self.at_ms()).date().to_string();
        let sql = "SELECT id, person_name, person_code, starts_on, ends_on FROM appointments WHERE organization_id = $1 \
                   AND post_id = $2 AND archived_at IS NULL AND (ends_on IS NULL OR ends_on >= $3) ORDER BY starts_on, id";
        let values = vec![self.organization().into(), post.0.into(), today.as_str().into()];
        let held: Vec<Held> = rows(&self.transaction, sql, values).await?;
        let term = |row: Held| Term {
            person_name: row.person_name,
            person_code: row.person_code,
            starts_on: row.starts_on.unwrap_or_default().max(today.clone()),
            ends_on: row.ends_on.unwrap_or_default(),
        };
        Ok(held.into_iter().map(|row| (RecordId(row.id), term(row))).collect())
    }

    /// Whether a department is another one or stands below it.
    pub async fn is_below(&self, department: Uuid, above: RecordId) -> Result<bool, PortalError> {
        // UNION, not UNION ALL: a circle, should one ever be stored, ends.
        let sql = "WITH RECURSIVE below(id) AS (SELECT id FROM departments WHERE id = $1 UNION \
                   SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id) \
                   SELECT count(*) AS count FROM below WHERE id = $2";
        Ok(count(&self.transaction, sql, vec![above.0.into(), department.into()]).await? > 0)
    }
}
