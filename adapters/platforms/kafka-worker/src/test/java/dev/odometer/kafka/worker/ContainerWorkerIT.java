package dev.odometer.kafka.worker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Runs the contracts with a broker and a database in containers; skipped without a container engine. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerWorkerIT {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.1.1")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");

    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:17.11");

    private static final SharedPlatform PLATFORM = new SharedPlatform(() -> new SharedPlatform.Addresses(
            KAFKA.getBootstrapServers(), POSTGRES.getJdbcUrl(), POSTGRES.getUsername(), POSTGRES.getPassword()));

    @AfterAll
    static void close() {
        PLATFORM.close();
    }

    @Nested
    class Counting extends WorkerContract {
        Counting() {
            super(PLATFORM.get());
        }
    }

    @Nested
    class Delivering extends DeliveryContract {
        Delivering() {
            super(PLATFORM.get());
        }
    }

    @Nested
    class Operating extends OperationContract {
        Operating() {
            super(PLATFORM.get());
        }
    }
}
