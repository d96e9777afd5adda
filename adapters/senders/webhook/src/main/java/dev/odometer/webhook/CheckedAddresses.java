package dev.odometer.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves host names for the client and refuses addresses that are not public. A host with at least one address that
 * is not public is refused entirely, because a legitimate public endpoint has none.
 *
 * @param allowPrivate whether addresses that are not public are allowed
 */
record CheckedAddresses(boolean allowPrivate, Resolver resolver) implements DnsResolver {

    CheckedAddresses(boolean allowPrivate) {
        this(allowPrivate, InetAddress::getAllByName);
    }

    /** Resolves a host name to all its addresses. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A host has an address that is not public. The message is shown to clients, so it does not contain the address. */
    static final class Forbidden extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Forbidden(String host) {
            super(host + " has an address that is not public; see odometer.notifications.allow-private-addresses");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.addresses(host);
        for (InetAddress address : addresses) {
            if (!allowPrivate && !PublicAddresses.contains(address)) {
                throw new Forbidden(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
