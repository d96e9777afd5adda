package dev.odometer.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.email.EmailSettings.Login;
import dev.odometer.email.EmailSettings.Tls;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies with which a server refuses a message; GreenMail accepts all messages. */
class RefusedMailTest {

    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MailServer(null);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such user, DISABLE_CHANNEL, 550",
        "RCPT, 556 5.1.10 takes no mail, DISABLE_CHANNEL, 556",
        "RCPT, 550 5.7.1 we think it is spam, GIVE_UP, 550",
        "RCPT, 451 4.2.1 later, RETRY, 451",
        "RCPT, 452 4.2.2 mailbox full, RETRY, 452",
        "DATA, 554 5.6.0 not like this, GIVE_UP, 554",
        "DATA, 451 later, RETRY, 451",
        "MAIL, 550 5.7.1 not from you, RETRY, 550",
        "MAIL, 530 5.7.0 log in first, RETRY, 530",
        "<a@, 550 5.1.1 no such user, RETRY, 250",
        "<a@, 450 later, RETRY, 450"
    })
    void mapsTheReplyToAnOutcome(String step, String reply, FollowUp then, int code) {
        server.refuse(step, reply);
        var settings =
                new EmailSettings("127.0.0.1", server.port(), Tls.NONE, new Login("", ""), EmailCourierTest.FROM);

        Outcome outcome = EmailCourierTest.deliver(settings, "a@example.com", "b@example.com");

        assertThat(outcome.attempt().body()).contains(reply);
        assertThat(outcome.then()).isEqualTo(then);
        assertThat(outcome.attempt().statusCode()).isEqualTo(code);
        assertThat(outcome.attempt().succeeded()).isEqualTo(code == 250);
    }
}
