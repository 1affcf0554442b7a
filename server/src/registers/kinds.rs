//! The registers as types, each with the actions by which its records are seen and changed.

use super::schema::{self, Register};
use crate::permission::{
    Action, ManageOffices, ManagePosts, RegisterEngagement, RegisterService, RegisterVendor, ViewEngagements,
    ViewPosts, ViewRegisters, ViewServices,
};

/// One register.
pub trait RecordKind: Copy + Send + Sync + 'static {
    /// What its records hold.
    const REGISTER: &'static Register;
    /// The action by which its records are seen.
    type View: Action;
    /// The action by which they are added, changed and archived.
    type Edit: Action;
    /// The same as a value.
    const VIEW: Self::View;
    /// The same as a value.
    const EDIT: Self::Edit;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $schema:path, $view:ident, $edit:ident);* $(;)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl RecordKind for $name {
            const REGISTER: &'static Register = &$schema;
            type View = $view;
            type Edit = $edit;
            const VIEW: $view = $view;
            const EDIT: $edit = $edit;
        }
    )*};
}

kinds! {
    /// 委託先.
    VendorRecord: schema::vendors::VENDORS, ViewRegisters, RegisterVendor;
    /// 認証・登録.
    CertificationRecord: schema::vendors::CERTIFICATIONS, ViewRegisters, RegisterVendor;
    /// ほかの連絡先.
    ContactRecord: schema::vendors::CONTACTS, ViewRegisters, RegisterVendor;
    /// 業務委託.
    EngagementRecord: schema::engagements::ENGAGEMENTS, ViewEngagements, RegisterEngagement;
    /// 再委託.
    SubcontractRecord: schema::engagements::SUBCONTRACTS, ViewEngagements, RegisterEngagement;
    /// 外部サービス.
    CloudServiceRecord: schema::services::CLOUD_SERVICES, ViewServices, RegisterService;
    /// 利用する課.
    ServiceUseRecord: schema::services::SERVICE_USES, ViewServices, RegisterService;
    /// ソーシャルメディア.
    SocialAccountRecord: schema::services::SOCIAL_ACCOUNTS, ViewServices, RegisterService;
    /// 事案.
    AccountIncidentRecord: schema::services::ACCOUNT_INCIDENTS, ViewServices, RegisterService;
    /// 部局・課室.
    DepartmentRecord: schema::offices::DEPARTMENTS, ViewRegisters, ManageOffices;
    /// 職.
    PostRecord: schema::offices::POSTS, ViewPosts, ManagePosts;
    /// 任命.
    AppointmentRecord: schema::offices::APPOINTMENTS, ViewPosts, ManagePosts;
}

/// Does the same for the register of this key, whichever it is: `$kind` is its type in `$body`.
#[macro_export]
macro_rules! for_register {
    ($key:expr, |$kind:ident| $body:expr) => {{
        use $crate::registers::kinds;
        macro_rules! with {
            ($name:ident) => {{
                type $kind = kinds::$name;
                $body
            }};
        }
        match $key {
            "vendors" => with!(VendorRecord),
            "certifications" => with!(CertificationRecord),
            "contacts" => with!(ContactRecord),
            "engagements" => with!(EngagementRecord),
            "subcontracts" => with!(SubcontractRecord),
            "cloud-services" => with!(CloudServiceRecord),
            "service-uses" => with!(ServiceUseRecord),
            "social-accounts" => with!(SocialAccountRecord),
            "account-incidents" => with!(AccountIncidentRecord),
            "departments" => with!(DepartmentRecord),
            "posts" => with!(PostRecord),
            "appointments" => with!(AppointmentRecord),
            _ => Err(kakunin_api::PortalError::NotFound),
        }
    }};
}
