//! How faults below the services become [`PortalError`]s: the person gets an id, the log gets the cause under that id.

use kakunin_api::PortalError;

/// Logs `cause` under a new id and hides it behind [`PortalError::Internal`].
pub fn internal(cause: impl std::fmt::Display) -> PortalError {
    // Only to find the line in the log again, so it need not come from the portal's own randomness.
    let id = hex::encode(rand::random::<[u8; 4]>());
    // Debug, not Display: what somebody typed cannot break the line and forge another.
    tracing::error!(error_id = %id, cause = ?cause.to_string(), "internal error");
    PortalError::Internal(id)
}
