//! Posts and appointments.

use super::{Store, Writing, containing, count, subjects::SubjectRecord};
use crate::{permission::Action, registers::schema::Target};
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

/// What is said of posts `p`.
const HELD: &str = "p.id AS post_id, p.cloud_service_id, p.social_account_id, \
                    COALESCE((SELECT s.name FROM cloud_services s WHERE s.id = p.cloud_service_id), \
                    (SELECT s.handle FROM social_accounts s WHERE s.id = p.social_account_id), \
                    (SELECT s.title FROM engagements s WHERE s.id = p.engagement_id)) AS attached, p.kind, p.title, p.department_id, d.name AS department_name, a.id AS appointment_id, \
                    a.person_name, a.starts_on, a.ends_on, a.document_number, a.acting, p.may_be_vacant";
/// With whoever holds them on day `$2`.
const HOLDERS: &str = "LEFT JOIN departments d ON d.id = p.department_id \
                       LEFT JOIN appointments a ON a.organization_id = p.organization_id AND a.post_id = p.id \
                       AND a.archived_at IS NULL AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2)";
/// Whether an appointment `a` holds on day `$2`.
const ON_DAY: &str = "a.archived_at IS NULL AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2)";
/// Whether a post `p` is of no department, or of one that exists on day `$2`.
pub(super) const EXISTS: &str = "(p.department_id IS NULL OR p.department_id NOT IN (SELECT x.id FROM departments x \
                                 WHERE x.organization_id = $1 AND (x.starts_on > $2 OR x.ends_on < $2)))";
/// Whether a post `p` may not be vacant and is, on day `$2`.
pub(super) const VACANT: &str = "(p.may_be_vacant IS NOT TRUE AND p.id NOT IN (SELECT v.post_id FROM appointments v \
                                 WHERE v.organization_id = $1 AND v.archived_at IS NULL AND v.starts_on <= $2 \
                                 AND (v.ends_on IS NULL OR v.ends_on >= $2)))";
/// Whether the service, account or engagement of a post `p` is found by `$3`.
const ATTACHED: &str = "OR p.cloud_service_id IN (SELECT s.id FROM cloud_services s WHERE s.organization_id = $1 AND s.search_key LIKE $3 ESCAPE '!') \
                        OR p.social_account_id IN (SELECT s.id FROM social_accounts s WHERE s.organization_id = $1 AND s.search_key LIKE $3 ESCAPE '!') \
                        OR p.engagement_id IN (SELECT s.id FROM engagements s WHERE s.organization_id = $1 AND s.search_key LIKE $3 ESCAPE '!')";
/// Longest text that is searched for, in characters.
const SEARCHED_CHARACTERS: usize = 100;
/// The posts `p` that decide.
const DECIDING: &str = "p.kind IN ('ciso', 'chief_officer', 'section_officer')";
/// Their order.
const IN_ORDER: &str = "ORDER BY p.position, p.id, a.starts_on";

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
        organization: OrganizationId,
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
        let mut values: Vec<Stored> = vec![organization.0.into(), day.to_string().into()];
        let mut filter = format!("p.organization_id = $1 AND p.archived_at IS NULL AND {EXISTS}");
        let typed: String = search.chars().take(SEARCHED_CHARACTERS).collect();
        let key = normalized::search_key(&typed);
        if !key.is_empty() {
            values.push(containing(&key).into());
            // By a service or an account only for those who may see all of them.
            let attached = if services { ATTACHED } else { "" };
            filter.push_str(&format!(
                " AND (p.search_key LIKE $3 ESCAPE '!' \
                 OR p.department_id IN (SELECT d.id FROM departments d WHERE d.organization_id = $1 AND d.search_key LIKE $3 ESCAPE '!') \
                 {attached} \
                 OR p.id IN (SELECT a.post_id FROM appointments a WHERE a.organization_id = $1 AND {ON_DAY} AND a.search_key LIKE $3 ESCAPE '!'))"
            ));
        }
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
    /// Whether a post that only one may hold is held by somebody else on a day of this period; an empty end is open.
    pub async fn is_held(&self, post: Uuid, (from, to): (&str, &str), but: RecordId) -> Result<bool, PortalError> {
        let to = if to.is_empty() { "9999-12-31" } else { to };
        let sql = "SELECT count(*) AS count FROM appointments a JOIN posts p ON p.id = a.post_id \
                   WHERE a.organization_id = $1 AND a.post_id = $2 AND a.id <> $3 AND a.archived_at IS NULL \
                   AND p.may_be_shared IS NOT TRUE AND a.starts_on <= $5 AND (a.ends_on IS NULL OR a.ends_on >= $4)";
        let values = vec![self.organization().into(), post.into(), but.0.into(), from.into(), to.into()];
        Ok(count(&self.transaction, sql, values).await? > 0)
    }

    /// Whether the same person holds another post on a day of this period, and one of the two may be held with no other. The same is who
    /// has the same staff number; where one of two namesakes has none, they are taken for one.
    pub async fn is_combined(
        &self,
        post: Uuid,
        (name, code): (&str, &str),
        (from, to): (&str, &str),
        but: RecordId,
    ) -> Result<bool, PortalError> {
        let to = if to.is_empty() { "9999-12-31" } else { to };
        let sql = "SELECT count(*) AS count FROM appointments a JOIN posts p ON p.id = a.post_id JOIN posts o ON o.id = $2 \
                   WHERE a.organization_id = $1 AND a.post_id <> $2 AND a.id <> $3 AND a.archived_at IS NULL AND p.archived_at IS NULL \
                   AND (p.may_be_combined = FALSE OR o.may_be_combined = FALSE) \
                   AND a.starts_on <= $5 AND (a.ends_on IS NULL OR a.ends_on >= $4) \
                   AND (a.person_name = $6 AND (a.person_code = '' OR $7 = '' OR a.person_code = $7) \
                   OR a.person_code = $7 AND a.person_code <> '')";
        let own: [Stored; 4] = [self.organization().into(), post.into(), but.0.into(), from.into()];
        let values = own.into_iter().chain([to.into(), name.into(), code.into()]).collect();
        Ok(count(&self.transaction, sql, values).await? > 0)
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
