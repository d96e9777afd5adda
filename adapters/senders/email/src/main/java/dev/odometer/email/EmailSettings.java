package dev.odometer.email;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * How mail is sent.
 *
 * @param from the sender's address, with or without a name: {@code Odometer <odometer@example.com>}
 */
record EmailSettings(String host, int port, Tls tls, Login login, String from) {

    private static final String PREFIX = "odometer.email.";
    /** For a step; all of them have 15 s. */
    private static final String STEP_MILLIS = "10000";

    /** How the connection is kept private. */
    enum Tls {
        /** It begins in the clear and has to change; who does not offer that gets nothing. */
        STARTTLS(587),
        /** From the first byte on. */
        IMPLICIT(465),
        NONE(25);

        private final int port;

        Tls(int port) {
            this.port = port;
        }
    }

    /** Who sends; an empty user for nobody. */
    record Login(String user, String password) {

        /** No password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * From the settings, of which templates leave some empty; nothing without a host.
     *
     * @throws StartRefusal naming the setting that is missing or wrong
     */
    static @Nullable EmailSettings from(Environment environment) {
        String host = environment.getProperty(PREFIX + "host", "").strip();
        if (host.isEmpty()) {
            return null;
        }
        Tls tls = tls(environment.getProperty(PREFIX + "tls", "starttls").strip());
        String from = environment.getProperty(PREFIX + "from", "").strip();
        if (!from.contains("@")) {
            throw new StartRefusal(PREFIX + "from must be the address of a sender, but is: " + from);
        }
        return new EmailSettings(
                host,
                environment.getProperty(PREFIX + "port", Integer.class, tls.port),
                tls,
                new Login(
                        environment.getProperty(PREFIX + "user", ""), environment.getProperty(PREFIX + "password", "")),
                from);
    }

    private static Tls tls(String name) {
        try {
            return Tls.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new StartRefusal(PREFIX + "tls must be starttls, implicit or none, but is: " + name);
        }
    }

    /** As the mail library calls them. */
    Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", STEP_MILLIS);
        properties.setProperty("mail.smtp.timeout", STEP_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", STEP_MILLIS);
        properties.setProperty("mail.smtp.auth", String.valueOf(!login.user.isEmpty()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(tls == Tls.IMPLICIT));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(tls == Tls.STARTTLS));
        properties.setProperty("mail.mime.allowutf8", "true");
        return properties;
    }
}
