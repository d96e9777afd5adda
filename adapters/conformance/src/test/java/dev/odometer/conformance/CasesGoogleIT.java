package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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

    @Test
    void refusesEventHeadersThatAreNotUtf8() throws IOException {
        String request = """
                POST /api/v1/events HTTP/1.1
                Host: localhost
                Connection: close
                Content-Length: 0
                ce-id: Gr\u00f6\u00dfe

                """.replace("\n", "\r\n");

        HttpReply reply = INSTANCE.client().exchange(request.getBytes(StandardCharsets.ISO_8859_1), false);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).asString().contains("the header ce-id must be UTF-8");
    }

    @Override
    void compare(String step, HttpReply reply, Case.Run run) {
        assertThat(LocalTwin.comparable(reply, run)).isEqualTo(LocalTwin.reply(step));
    }
}
