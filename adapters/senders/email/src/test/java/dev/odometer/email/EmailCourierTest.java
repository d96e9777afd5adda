package dev.odometer.email;

import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.channel;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.odometer.email.EmailSettings.Login;
import dev.odometer.email.EmailSettings.Tls;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.OutboundMessage;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Target;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends e-mail to a mail server in this process. */
class EmailCourierTest {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });

    @BeforeAll
    static void start() {
        SERVER.withConfiguration(GreenMailConfiguration.aConfig().withUser("odometer", "secret"));
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    private static Outcome deliver(Tls tls, String password, String... to) {
        int port = tls == Tls.IMPLICIT
                ? SERVER.getSmtps().getPort()
                : SERVER.getSmtp().getPort();
        return deliver(new EmailSettings("127.0.0.1", port, tls, new Login("odometer", password), FROM), to);
    }

    static final String FROM = "Odometer <odometer@billing.example>";

    static Outcome deliver(EmailSettings settings, String... to) {
        var target = new Target.Email(List.of(to));
        var notification = notification(3, rule(1, calls("100"), id(2)), "<b>acme</b>");
        return new EmailCourier(settings)
                .deliver(new OutboundMessage(notification, channel(2, target), new byte[0], Instant.now()));
    }

    @Test
    void sendsTextAndHtmlToEachMailbox() throws Exception {
        Attempt attempt =
                deliver(Tls.NONE, "secret", "a@example.com", "b@example.com").attempt();

        assertThat(attempt.succeeded()).as(attempt.body()).isTrue();
        assertThat(attempt.url()).isEqualTo("a@example.com, b@example.com");
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
        MimeMessage message = SERVER.getReceivedMessages()[0];
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(message.getSubject()).isEqualTo("many calls: Usage of calls of <b>acme</b> crossed 100");
        assertThat(message.getMessageID()).isEqualTo("<" + id(3) + "." + id(2) + "@billing.example>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        var parts = (MimeMultipart) message.getContent();
        assertThat((String) parts.getBodyPart(0).getContent()).contains("data.subject.key: <b>acme</b>");
        assertThat((String) parts.getBodyPart(1).getContent()).contains("<td>&lt;b&gt;acme&lt;/b&gt;</td>");
    }

    @Test
    void sendsDuplicatesWithTheSameMessageId() throws Exception {
        deliver(Tls.NONE, "secret", "a@example.com");
        deliver(Tls.NONE, "secret", "a@example.com");

        assertThat(SERVER.getReceivedMessages()[1].getMessageID())
                .isEqualTo(SERVER.getReceivedMessages()[0].getMessageID());
    }

    @Test
    void retriesAfterAFailedLogin() {
        assertRetried(deliver(Tls.NONE, "wrong", "a@example.com"), "Authentication");
    }

    @Test
    void sendsNothingWithoutStarttlsSupport() {
        assertRetried(deliver(Tls.STARTTLS, "secret", "a@example.com"), "STARTTLS");
    }

    @Test
    void refusesAnUntrustedCertificate() {
        assertRetried(deliver(Tls.IMPLICIT, "secret", "a@example.com"), "valid certification path");
    }

    @Test
    void retriesWhenTheServerIsUnreachable() {
        var unreachable = new EmailSettings("127.0.0.1", 1, Tls.NONE, new Login("", ""), FROM);

        Outcome outcome = deliver(unreachable, "a@example.com");

        assertRetried(outcome, "the SMTP server");
        assertThat(outcome.attempt().body()).doesNotContain("127.0.0.1");
    }

    private static void assertRetried(Outcome outcome, String reason) {
        assertThat(outcome.attempt().succeeded()).isFalse();
        assertThat(outcome.attempt().body()).contains(reason);
        assertThat(outcome.then()).isEqualTo(FollowUp.RETRY);
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }
}
