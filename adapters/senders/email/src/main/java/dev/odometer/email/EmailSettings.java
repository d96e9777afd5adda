package dev.odometer.email;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The settings for sending e-mail.
 *
 * @param from the sender's address, with an optional display name: {@code Odometer <odometer@example.com>}
 */
record EmailSettings(String host, int port, Tls tls, Login login, String from) {

    private static final String PREFIX = "odometer.email.";
    private static final int MAX_PORT = 65_535;
    /** The timeout of one step. All steps of a message together have 15 s; see {@link EmailCourier}. */
    private static final String STEP_MILLIS = "10000";

    /** How the connection is encrypted, with the default port. */
    enum Tls {
        /** Starts unencrypted and must upgrade; nothing is sent to a server that does not support STARTTLS. */
        STARTTLS(587),
        /** Encrypted from the first byte on. */
        IMPLICIT(465),
        NONE(25);

        private final int port;

        Tls(int port) {
            this.port = port;
        }
    }

    /** The credentials for SMTP authentication; an empty user means no authentication. */
    record Login(String user, String password) {

        /** Omits the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Reads the settings; null if no host is set. An empty setting counts as not set, because deployment templates set
     * unused settings to the empty string.
     *
     * @throws StartRefusal naming the setting that is missing or invalid
     */
    static @Nullable EmailSettings from(Environment environment) {
        String host = environment.getProperty(PREFIX + "host", "").strip();
        if (host.isEmpty()) {
            return null;
        }
        var settings = new Settings(environment::getProperty);
        Tls tls = settings.choice(PREFIX + "tls", Tls.class, Tls.STARTTLS);
        String from = environment.getProperty(PREFIX + "from", "").strip();
        if (!from.contains("@")) {
            throw new StartRefusal(PREFIX + "from must be the sender's e-mail address, but is: " + from);
        }
        return new EmailSettings(
                host,
                settings.number(PREFIX + "port", tls.port, 1, MAX_PORT),
                tls,
                new Login(
                        environment.getProperty(PREFIX + "user", ""), environment.getProperty(PREFIX + "password", "")),
                from);
    }

    /** The properties of the mail library. */
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
