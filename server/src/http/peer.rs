//! Where a request really comes from: the peer, or behind a proxy that is trusted, who the proxy says.

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address behind a request.
#[must_use]
pub fn address(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    behind(peer, request.headers(), trusted)
}

/// The address by which limits count: an IPv6 network of 64 bits is one household, whatever addresses it has.
#[must_use]
pub fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address => address,
    }
}

/// The nearest address in `X-Forwarded-For` that no trusted proxy has. What stands before it could be made up.
#[must_use]
pub fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    for hop in hops.into_iter().rev() {
        let with_port = || hop.parse::<SocketAddr>().map(|address| address.ip());
        match hop.parse::<IpAddr>().or_else(|_| with_port()).map(|address| address.to_canonical()) {
            Ok(address) if trusted.contains(&address) => {}
            Ok(address) => return address,
            Err(_) => return peer,
        }
    }
    peer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("10.0.0.9", &["203.0.113.7"], &[]), "10.0.0.9");
        assert_eq!(seen("10.0.0.9", &["203.0.113.7"], &["10.0.0.1"]), "10.0.0.9");
        assert_eq!(seen("10.0.0.1", &["203.0.113.7"], &["10.0.0.1"]), "203.0.113.7");
    }

    #[test]
    fn what_a_client_made_up_does_not_count() {
        assert_eq!(seen("10.0.0.1", &["192.0.2.1, 203.0.113.7"], &["10.0.0.1"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["192.0.2.1", "203.0.113.7, 10.0.0.2"], &["10.0.0.1", "10.0.0.2"]), "203.0.113.7");
        assert_eq!(seen("::ffff:10.0.0.1", &["203.0.113.7:4711"], &["10.0.0.1"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["unknown"], &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[], &["10.0.0.1"]), "10.0.0.1");
    }
}
