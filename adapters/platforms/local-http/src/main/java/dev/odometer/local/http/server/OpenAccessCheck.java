package dev.odometer.local.http.server;

import dev.odometer.door.http.ApiKeys;
import dev.odometer.functions.refusal.StartRefusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Refuses to start a service without API keys on an address that is reachable from the network. */
public final class OpenAccessCheck implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    @Override
    public int getOrder() {
        // Runs before EmbeddedDatabaseInitializer, so that no database is started in vain.
        return 0;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String address = context.getEnvironment().getProperty("server.address");
        boolean keys = ApiKeys.from(context.getEnvironment()).areConfigured();
        if (!keys && !isLoopback(address)) {
            throw new StartRefusal(
                    "Without API keys the service may listen on this machine only, not on "
                            + (address == null || address.isBlank() ? "every address" : address) + ".",
                    "Set ODOMETER_API_KEYS to the SHA-256 digests of your keys, or server.address to 127.0.0.1.");
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
