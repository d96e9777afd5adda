package dev.odometer.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The only way from a name to an address. A name with one address that is not public is refused as a whole: who has such
 * a one is not somebody to try the others of.
 *
 * @param privateToo whether others than public ones may be spoken to
 */
record CheckedAddresses(boolean privateToo, Names names) implements DnsResolver {

    CheckedAddresses(boolean privateToo) {
        this(privateToo, InetAddress::getAllByName);
    }

    /** Where addresses of names come from. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Why there is no connection. */
    static final class Forbidden extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Forbidden(String host, InetAddress address) {
            super(host + " is not on the public internet: " + address.getHostAddress()
                    + "; see odometer.notifications.allow-private-addresses");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.addresses(host);
        for (InetAddress address : addresses) {
            if (!privateToo && !PublicAddresses.contains(address)) {
                throw new Forbidden(host, address);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
