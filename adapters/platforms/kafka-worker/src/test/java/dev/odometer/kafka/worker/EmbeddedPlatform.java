package dev.odometer.kafka.worker;

import dev.odometer.postgres.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** One embedded broker and one embedded database, shared by all tests of this JVM. */
final class EmbeddedPlatform {

    private static final Platform PLATFORM = start();

    private EmbeddedPlatform() {}

    static Platform get() {
        return PLATFORM;
    }

    private static Platform start() {
        var broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.brokerProperty("auto.create.topics.enable", "false");
        broker.brokerProperty("offsets.topic.num.partitions", "4");
        broker.brokerProperty("transaction.state.log.num.partitions", "4");
        broker.brokerProperty("transaction.state.log.replication.factor", "1");
        broker.brokerProperty("transaction.state.log.min.isr", "1");
        broker.brokerProperty("offsets.topic.replication.factor", "1");
        broker.afterPropertiesSet();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        DataSource database = TestDatabase.source();
        return new Platform(broker.getBrokersAsString(), database, Databases.url(database), "postgres", "", Map.of());
    }
}
