//! What waits at the desk of whoever opens the portal: one statement, however many things it asks about.

use super::{
    Store,
    listing::within,
    officers::{VACANT, exists, seen},
    rows,
};
use crate::{
    error::internal,
    permission::{ApproveUse, Permit, ViewPosts, ViewServices},
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    attention::{Attention, AttentionKind},
};
use sea_orm::{FromQueryResult, Value as Stored};
use uuid::Uuid;

/// What is asked for.
#[derive(Debug)]
pub struct Asked<'p> {
    /// The posts that may be seen; contractors are seen by all of them.
    pub posts: &'p Permit<ViewPosts>,
    /// The services and accounts that may be seen.
    pub services: Option<&'p Permit<ViewServices>>,
    /// The applications that may be decided about.
    pub decides: Option<&'p Permit<ApproveUse>>,
    /// Today.
    pub today: Date,
    /// What ends on this day or earlier, ends soon.
    pub soon: Date,
    /// A draft that is older is forgotten, milliseconds since 1970.
    pub drafts_since: i64,
    /// An account that has said nothing since this day is dormant.
    pub dormant_since: Date,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    register: String,
    id: Uuid,
    name: String,
    detail: String,
    day: String,
    total: i64,
}

impl Store {
    /// The first `at_most` of each kind, and how many there are of it in all.
    pub async fn attention(&self, asked: &Asked<'_>, at_most: u64) -> Result<Vec<Attention>, PortalError> {
        let mut values: Vec<Stored> = vec![
            asked.posts.organization().0.into(),
            asked.today.to_string().into(),
            asked.soon.to_string().into(),
            asked.dormant_since.to_string().into(),
        ];
        let all = "count(*) OVER () AS total";
        let exists = exists(asked.today);
        let seen = seen(asked.posts, &mut values);
        // Of what a post is: without it, several are called alike. A service or an account that is not seen is not named.
        let services = asked.services.map(|services| {
            let own = within(services, "s.department_id", &mut values);
            format!(
                "(SELECT s.name FROM cloud_services s WHERE s.id = p.cloud_service_id{own}), \
                 (SELECT s.handle FROM social_accounts s WHERE s.id = p.social_account_id{own}), "
            )
        });
        let of = format!(
            "COALESCE({}(SELECT e.title FROM engagements e WHERE e.id = p.engagement_id), \
             (SELECT d.name FROM departments d WHERE d.id = p.department_id), '')",
            services.unwrap_or_default()
        );
        let mut parts = vec![
            format!(
                "SELECT 'vacancy' AS kind, 'posts' AS register, p.id, p.title AS name, \
                 {of} AS detail, '' AS day, {all} \
                 FROM posts p WHERE p.organization_id = $1 AND p.archived_at IS NULL AND {exists} AND {VACANT}{seen} \
                 ORDER BY p.position, p.id"
            ),
            format!(
                "SELECT 'ending' AS kind, 'posts' AS register, p.id, p.title AS name, a.person_name AS detail, \
                 a.ends_on AS day, {all} FROM appointments a JOIN posts p ON p.id = a.post_id \
                 WHERE a.organization_id = $1 AND a.ends_on >= $2 AND a.ends_on <= $3 AND a.starts_on <= $2 \
                 AND a.archived_at IS NULL AND p.archived_at IS NULL AND {exists}{seen} AND p.id NOT IN (SELECT n.post_id FROM appointments n \
                 WHERE n.organization_id = $1 AND n.archived_at IS NULL AND n.id <> a.id AND n.starts_on > $2) \
                 ORDER BY a.ends_on, a.id"
            ),
            format!(
                "SELECT 'expiring' AS kind, 'certifications' AS register, c.id, v.name AS name, c.standard AS detail, \
                 c.expires_on AS day, {all} FROM certifications c JOIN vendors v ON v.id = c.vendor_id \
                 WHERE c.organization_id = $1 AND c.expires_on <= $3 AND c.archived_at IS NULL AND v.archived_at IS NULL \
                 ORDER BY c.expires_on, c.id"
            ),
        ];
        if let Some(services) = asked.services {
            let accounts = within(services, "s.department_id", &mut values);
            parts.push(format!(
                "SELECT 'dormant' AS kind, 'social-accounts' AS register, s.id, s.handle AS name, s.platform AS detail, \
                 s.last_post_on AS day, {all} FROM social_accounts s WHERE s.organization_id = $1 AND s.archived_at IS NULL \
                 AND s.state = 'active' AND s.last_post_on < $4{accounts} ORDER BY s.last_post_on, s.id"
            ));
            let clouds = within(services, "s.department_id", &mut values);
            parts.push(format!(
                "SELECT 'registration' AS kind, 'cloud-services' AS register, s.id, s.name AS name, s.ismap AS detail, \
                 s.ismap_expires_on AS day, {all} FROM cloud_services s WHERE s.organization_id = $1 \
                 AND s.archived_at IS NULL AND s.retired_on IS NULL AND s.ismap_expires_on <= $3{clouds} \
                 ORDER BY s.ismap_expires_on, s.id"
            ));
        } else {
            // Every parameter is used, whoever asks.
            parts.push(format!(
                "SELECT 'none' AS kind, '' AS register, p.id, '' AS name, '' AS detail, '' AS day, {all} FROM posts p \
                 WHERE 1 = 0 AND p.title = $4"
            ));
        }
        let (mine, since) = (values.len() + 1, values.len() + 2);
        values.extend([asked.posts.actor().kind_and_id().1.unwrap_or(Uuid::nil()).into(), asked.drafts_since.into()]);
        parts.push(format!(
            "SELECT 'draft' AS kind, f.register AS register, f.user_id AS id, f.object AS name, '' AS detail, '' AS day, {all} \
             FROM drafts f WHERE f.organization_id = $1 AND f.user_id = ${mine} AND f.saved_at >= ${since} ORDER BY f.saved_at DESC"
        ));
        if let Some(decides) = asked.decides {
            let own = within(decides, "s.department_id", &mut values);
            parts.push(format!(
                "SELECT 'pending' AS kind, 'cloud-services' AS register, s.id, s.name AS name, '' AS detail, '' AS day, {all} \
                 FROM cloud_services s WHERE s.organization_id = $1 AND s.archived_at IS NULL AND s.state = 'requested'{own} \
                 ORDER BY s.sort_key, s.id"
            ));
            let own = within(decides, "e.department_id", &mut values);
            parts.push(format!(
                "SELECT 'pending' AS kind, 'subcontracts' AS register, s.id, s.company_name AS name, e.title AS detail, \
                 '' AS day, {all} FROM subcontracts s JOIN engagements e ON e.id = s.engagement_id \
                 WHERE s.organization_id = $1 AND s.archived_at IS NULL AND s.state = 'requested'{own} \
                 ORDER BY s.requested_on, s.id"
            ));
        }
        let parts: Vec<String> = (0..)
            .zip(parts)
            .map(|(number, part): (usize, String)| format!("SELECT * FROM ({part} LIMIT {at_most}) AS part{number}"))
            .collect();
        let found: Vec<Row> = rows(&self.reader, &parts.join(" UNION ALL "), values).await?;
        found
            .into_iter()
            .map(|row| {
                let day = (!row.day.is_empty()).then(|| row.day.parse().map_err(internal)).transpose()?;
                Ok(Attention {
                    kind: AttentionKind::from_code(&row.kind).ok_or_else(|| internal("kind"))?,
                    register: row.register,
                    id: row.id.into(),
                    name: row.name,
                    detail: row.detail,
                    day,
                    total: u64::try_from(row.total).unwrap_or(0),
                })
            })
            .collect()
    }
}
