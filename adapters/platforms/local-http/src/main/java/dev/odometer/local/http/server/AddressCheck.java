package dev.odometer.local.http.server;

import dev.odometer.door.http.ApiKeys;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Refuses an address before anything is unpacked or started: one that is reachable from the network if there are no API
 * keys, one that another process uses, and one with TLS that cannot work.
 */
public final class AddressCheck implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final int MAX_PORT = 65_535;

    @Override
    public int getOrder() {
        // Runs before EmbeddedDatabaseInitializer, so that no database is started in vain.
        return 0;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        checkAccess(environment);
        checkFree(environment);
        CertificateCheck.check(environment, null);
    }

    /** @throws StartRefusal when the address is reachable from the network and there are no API keys */
    public static void checkAccess(Environment environment) {
        String address = environment.getProperty("server.address");
        boolean keys = ApiKeys.from(environment).areConfigured();
        if (!keys && !isLoopback(address)) {
            throw new StartRefusal(
                    "Without API keys the service may listen on this machine only, not on "
                            + (address == null || address.isBlank() ? "every address" : address) + ".",
                    "Set ODOMETER_API_KEYS to the SHA-256 digests of your keys, or server.address to 127.0.0.1.");
        }
    }

    /** Tomcat would report the same, but after the database is started. */
    private static void checkFree(Environment environment) {
        int port = new Settings(environment::getProperty).number("server.port", 8080, 0, MAX_PORT);
        String address = environment.getProperty("server.address", "");
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address.isBlank() ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
        } catch (BindException taken) {
            throw new StartRefusal(
                    "The service cannot listen on port " + port + " of "
                            + (address.isBlank() ? "this machine" : address) + ": " + taken.getMessage() + ".",
                    "Stop the process that uses the port, or set server.port to another one.");
        } catch (IOException | UnresolvedAddressException unknown) {
            throw new StartRefusal(
                    "The service cannot listen on " + address + ": it is not an address of this machine.",
                    "Set server.address to 127.0.0.1, or to an address of this machine.");
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
