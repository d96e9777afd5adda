package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.HttpReply;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;

/**
 * Runs the cases in Google's own invoker, over a bare socket, on PostgreSQL. Replies are as documented and equal those
 * of the local server byte for byte.
 */
class CasesGoogleIT extends CasesContract {

    private static final InvokerProcess INSTANCE = InvokerProcess.start(Databases.fresh("google"));

    @AfterAll
    static void stop() throws IOException {
        INSTANCE.close();
    }

    @Override
    Instant now() {
        return LocalTwin.NOW;
    }

    @Override
    HttpReply answer(Sent sent) throws Exception {
        return INSTANCE.client().send(CasesInMemoryTest.request(sent));
    }

    @Override
    void compare(String step, HttpReply reply, Case.Run run) {
        assertThat(LocalTwin.comparable(reply, run)).isEqualTo(LocalTwin.reply(step));
    }
}
