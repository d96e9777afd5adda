package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.door.http.HttpReply;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;

/**
 * Runs the cases through Azure's library, after the transformations of the host, on PostgreSQL. Replies are as
 * documented and equal those of the local server byte for byte.
 */
class CasesAzureIT extends CasesContract {

    private static FunctionApp app;

    @BeforeAll
    static void start() throws Exception {
        app = FunctionApp.start(Databases.fresh("azure"));
    }

    @Override
    Instant now() {
        return LocalTwin.NOW;
    }

    @Override
    HttpReply answer(Sent sent) throws Exception {
        return app.send(CasesInMemoryTest.request(sent));
    }

    @Override
    void compare(String step, HttpReply reply, Case.Run run) {
        assertThat(LocalTwin.comparable(reply, run)).isEqualTo(LocalTwin.reply(step));
    }
}
