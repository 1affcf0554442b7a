//! Who holds which post on a day.

use super::Organizations;
pub use crate::actor::{ACCOUNT_OFFICER, CHIEF_OFFICER, CISO, SECTION_OFFICER, SERVICE_OFFICER};

use crate::{
    error::internal,
    permission::{self, Actor, ManagePosts, ViewPosts, ViewServices},
    registers::schema::Target,
    store::{officers::HeldPost, subjects::SubjectRecord},
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::RecordId,
    listing::Page,
    officers::{Holder, PostRow},
    subject::SubjectKind,
};
use kakunin_questionnaires::fact::{FactValue, Facts};
use uuid::Uuid;

impl Organizations<'_> {
    /// One page of the posts and who held them on a day, of those in which `search` is found; and how many of all were vacant that may not be.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn posts_on(
        &self,
        actor: &Actor,
        day: Date,
        (search, page): (&str, u64),
    ) -> Result<(Page<PostRow>, u64), PortalError> {
        let permit = permission::listing(ViewPosts, actor)?;
        // Whoever sees the services of some departments alone is told of none here.
        let all = permission::in_organization(ViewServices, actor).is_ok();
        let (posts, total, vacancies) = self.0.store.posts_page(&permit, day, (search, page), all).await?;
        // Of the posts of engagements none is here whose engagement is not seen.
        let told = |post: HeldPost| HeldPost {
            attached: post.attached.filter(|_| all || post.engagement_id.is_some()),
            ..post
        };
        let rows = posts.into_iter().map(|post| row(told(post))).collect::<Result<_, _>>()?;
        Ok((Page { rows, total, page: page.max(1) }, vacancies))
    }

    /// Whether `actor` may change the posts of the whole organization and who holds them.
    #[must_use]
    pub fn may_manage_offices(&self, actor: &Actor) -> bool {
        permission::in_organization(ManagePosts, actor).is_ok()
    }

    /// The posts attached to a record that `actor` sees, and who holds them today.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn posts_of(&self, actor: &Actor, target: Target, id: RecordId) -> Result<Vec<PostRow>, PortalError> {
        let permit = permission::listing(ViewPosts, actor)?;
        let (organization, today) = (permit.organization(), self.0.clock.today());
        let posts = self.0.store.posts_attached(organization, today, (target, id.0)).await?;
        posts.into_iter().map(row).collect()
    }
}

fn row(post: HeldPost) -> Result<PostRow, PortalError> {
    let day = |text: String| text.parse::<Date>().map_err(internal);
    let holder = match (post.person_name, post.starts_on) {
        (Some(name), Some(from)) => Some(Holder {
            name,
            from: day(from)?,
            to: post.ends_on.map(day).transpose()?,
            document_number: post.document_number.unwrap_or_default(),
            acting: post.acting.unwrap_or(false),
        }),
        _ => None,
    };
    let may_be_vacant = post.may_be_vacant.unwrap_or(false);
    Ok(PostRow {
        may_be_vacant,
        attached: post.attached.unwrap_or_default(),
        id: RecordId(post.post_id),
        title: post.title,
        department: post.department_name,
        holder,
    })
}

/// The post that decides about a department's work, if somebody holds it: the section's own officer, else the
/// chief officer.
#[must_use]
pub fn deciding_post(posts: &[HeldPost], department: Uuid) -> Option<&HeldPost> {
    let held = |post: &&HeldPost| post.appointment_id.is_some();
    let of_section = |post: &&HeldPost| post.kind == SECTION_OFFICER && post.department_id == Some(department);
    let chief = |post: &&HeldPost| post.kind == CHIEF_OFFICER;
    posts.iter().filter(held).find(of_section).or_else(|| posts.iter().filter(held).find(chief))
}

/// The facts about officers that the evaluator may rest on, for a subject.
pub fn officer_facts(posts: &[HeldPost], subject: &SubjectRecord, facts: &mut Facts) {
    let (id, department) = (Some(subject.subject.id.0), Some(subject.department()));
    let held = |kind: &str, is_its: &dyn Fn(&HeldPost) -> bool| {
        posts.iter().any(|post| post.kind == kind && post.appointment_id.is_some() && is_its(post))
    };
    let mut present = |path: &str, present: bool| facts.0.insert(path.to_owned(), FactValue::Bool(present));
    present("officer.ciso.present", held(CISO, &|_| true));
    present("officer.chief.present", held(CHIEF_OFFICER, &|_| true));
    present("officer.section.present", held(SECTION_OFFICER, &|post| post.department_id == department));
    match subject.subject.kind {
        SubjectKind::Engagement => {}
        SubjectKind::CloudService => {
            present("officer.cloud.present", held(SERVICE_OFFICER, &|post| post.cloud_service_id == id));
        }
        SubjectKind::SocialAccount => {
            present("officer.sns.present", held(ACCOUNT_OFFICER, &|post| post.social_account_id == id));
            // One who answers for several accounts holds a post that is no single account's (府中市 第7(8)).
            let shared = held(ACCOUNT_OFFICER, &|post| post.social_account_id.is_none());
            present("officer.sns.shared_present", shared);
        }
    }
}
