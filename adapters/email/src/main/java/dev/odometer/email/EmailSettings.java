package dev.odometer.email;

import java.util.Locale;
import java.util.Properties;
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

    /** @throws IllegalStateException naming the setting that is missing or wrong */
    static EmailSettings from(Environment environment) {
        Tls tls = tls(environment.getProperty(PREFIX + "tls", "starttls").strip());
        String from = environment.getProperty(PREFIX + "from", "").strip();
        if (!from.contains("@")) {
            throw new IllegalStateException(PREFIX + "from must be the address of a sender, but is: " + from);
        }
        return new EmailSettings(
                environment.getRequiredProperty(PREFIX + "host").strip(),
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
            throw new IllegalStateException(
                    PREFIX + "tls must be starttls, implicit or none, but is: " + name, unknown);
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
