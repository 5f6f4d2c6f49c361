//! What belongs to a private network: addresses as written, and names by what they resolve to. Boards lie in the open net;
//! an address that somebody typed must not lead the bot into the network it runs in.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Resolves names to their public addresses only. The connection is made to what comes out here, so nothing can change
/// between the check and the connect, on redirects as well.
#[derive(Debug)]
pub(super) struct PublicOnly {
    /// Hosts of the system's proxies: the operator chose them, wherever they lie. Behind a proxy it is the proxy that
    /// resolves a board's name, and its rules hold.
    pub(super) proxies: BTreeSet<String>,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let trusted = self.proxies.contains(&name.as_str().to_ascii_lowercase());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> =
                found.iter().copied().filter(|address| trusted || !is_private_ip(address.ip())).collect();
            if public.is_empty() && !found.is_empty() {
                return Err(PrivateAddress.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// A name leads only into a private network.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("its name leads into a private network; boards are public")]
pub(super) struct PrivateAddress;

/// Whether the host is written as an address or name of a private network. Names that only resolve there are not
/// seen here, but by [`PublicOnly`].
pub(super) fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || [".localhost", ".local", ".internal", ".home.arpa"].iter().any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(ip)) => private_v4(ip),
        Some(Host::Ipv6(ip)) => private_v6(ip),
        None => true,
    }
}

fn is_private_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => private_v4(ip),
        IpAddr::V6(ip) => private_v6(ip),
    }
}

/// The ranges that IANA's registry of special addresses (RFC 6890 and its updates) does not call globally reachable.
const fn private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xfe == 18)
}

/// Likewise; an address that carries an IPv4 one (mapped, compatible, NAT64, 6to4) is as private as that.
fn private_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let carried = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
        [0x2002, high, low, ..] => carried(high, low),
        // NAT64 of a local network, Teredo, documentation, site-local of old.
        [0x64, 0xff9b, 1, ..] | [0x2001, 0, ..] | [0x2001, 0xdb8, ..] => true,
        [first, ..] => {
            ip.is_multicast()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || first & 0xffc0 == 0xfec0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_ranges_are_private_and_the_rest_is_not() {
        let private = |text: &str| is_private_ip(text.parse().unwrap());
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(private(inside), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "2a00:1450::1",
        ] {
            assert!(!private(outside), "{outside}");
        }
    }

    #[test]
    fn other_spellings_of_an_address_are_the_address() {
        for spelled in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/",
            "http://127.1/",
            "http://LOCALHOST./",
        ] {
            assert!(is_private(&Url::parse(spelled).unwrap()), "{spelled}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_resolves_to_nothing_unless_it_is_the_proxy() {
        let resolve = async |proxies: &[&str]| {
            let proxies = proxies.iter().map(|&host| host.to_owned()).collect();
            PublicOnly { proxies }.resolve("localhost".parse().unwrap()).await.map(Iterator::count)
        };
        let refused = resolve(&[]).await.unwrap_err();
        assert!(refused.is::<PrivateAddress>(), "{refused}");
        assert!(resolve(&["localhost"]).await.unwrap() > 0);
    }
}
