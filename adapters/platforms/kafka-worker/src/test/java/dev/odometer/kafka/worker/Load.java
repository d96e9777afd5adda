package dev.odometer.kafka.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends events continuously, including duplicates, other content modes and poison messages, and counts what it sent.
 */
final class Load implements AutoCloseable {

    private static final int BURST = 50;
    private static final int PAUSE_MILLIS = 20;

    private final Workbench bench;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean over;
    private int events;
    private int poison;

    Load(Workbench bench, int partitions) {
        this.bench = bench;
        this.partitions = partitions;
        this.producer = bench.broker.producer(Map.of("linger.ms", 5));
        thread.start();
    }

    private void run() {
        while (!over) {
            for (int i = 0; i < BURST; i++) {
                sendOne();
            }
            Wait.pause(PAUSE_MILLIS);
        }
    }

    private void sendOne() {
        int n = events++;
        String id = "e" + n;
        send(n % 3 == 0 ? bench.events.binary(id) : bench.events.plain(id, n % partitions));
        if (n % 10 == 0) {
            send(bench.events.plain(id, (n + 1) % partitions));
        }
        if (n % 100 == 0) {
            send(bench.events.poison(poison++));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    /** Stops sending and waits until all records are acknowledged. */
    void stop() throws InterruptedException, ExecutionException {
        over = true;
        thread.join();
        producer.flush();
        for (Future<RecordMetadata> acknowledgment : sent) {
            acknowledgment.get();
        }
    }

    int events() {
        return events;
    }

    int poison() {
        return poison;
    }

    @Override
    public void close() {
        over = true;
        producer.close();
    }
}
