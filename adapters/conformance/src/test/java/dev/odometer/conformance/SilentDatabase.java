package dev.odometer.conformance;

import dev.odometer.postgres.TcpProxy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database behind a proxy that can go silent. */
final class SilentDatabase implements AutoCloseable {

    private static final String URL = "ODOMETER_DATABASE_URL";
    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private final String name;
    private final Map<String, String> settings;
    private final TcpProxy proxy;

    SilentDatabase(String name) throws IOException {
        this.name = name;
        settings = new HashMap<>(Databases.fresh(name));
        Matcher port = PORT.matcher(settings.get(URL));
        if (!port.find()) {
            throw new IllegalStateException("no port: " + settings.get(URL));
        }
        proxy = new TcpProxy(Integer.parseInt(port.group(1)));
        settings.put(URL, port.replaceFirst(":" + proxy.port() + "/"));
        settings.put("ODOMETER_DATABASE_STATEMENT_TIMEOUT", "2s");
        settings.put("ODOMETER_AZURE_PATIENCE", "PT2S");
    }

    /** The environment variables of a service that uses it. */
    Map<String, String> settings() {
        return settings;
    }

    void silence() {
        proxy.silence();
    }

    /** Waits until a statement was sent that got no answer. */
    void awaitDropped() throws InterruptedException {
        proxy.awaitDropped();
    }

    /** Forwards new connections again. */
    void recover() {
        proxy.recover();
    }

    /** The number of events, asked without the proxy. */
    long events() {
        return Databases.number(name, "select count(*) from usage_event");
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
