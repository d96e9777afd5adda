package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.azure.WorkerProcess;
import dev.odometer.door.http.HttpReply;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the cases in Azure's own worker, on PostgreSQL. Replies are as documented and equal those of the local server
 * byte for byte.
 */
@EnabledIfSystemProperty(
        named = CasesAzureWorkerIT.FOLDER,
        matches = ".+",
        disabledReason = "needs the folder of Azure's Java worker, which no registry has: -Dazure.worker.dir=<folder>")
class CasesAzureWorkerIT extends CasesContract {

    static final String FOLDER = "azure.worker.dir";

    private static WorkerProcess worker;

    @BeforeAll
    static void start() throws Exception {
        worker = WorkerProcess.start(
                Path.of(System.getProperty(FOLDER)),
                Path.of("../platforms/azure-functions/target/azure-functions/odometer"),
                Databases.fresh("azure_worker"));
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Override
    Instant now() {
        return LocalTwin.NOW;
    }

    @Override
    HttpReply answer(Sent sent) throws Exception {
        return worker.send(CasesInMemoryTest.request(sent));
    }

    @Override
    void compare(String step, HttpReply reply, Case.Run run) {
        assertThat(LocalTwin.comparable(reply, run)).isEqualTo(LocalTwin.reply(step));
    }
}
