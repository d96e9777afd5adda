package dev.odometer.benchmarks;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Generates events as JSON at little cost, since the client shares the cores. */
final class Load {

    /** Fewer subjects make fewer events as dense as more events of all. */
    static final int SUBJECTS = Integer.getInteger("subjects", 1000);

    static final int BATCH = 1000;

    private Load() {}

    /** A batch of events numbered from {@code first}; {@code time} yields the time of each. */
    static String batch(long first, LongFunction<Instant> time) {
        var json = new StringBuilder(BATCH * 220).append('[');
        for (long i = first; i < first + BATCH; i++) {
            if (i > first) {
                json.append(',');
            }
            event(json, i, time.apply(i));
        }
        return json.append(']').toString();
    }

    static void event(StringBuilder json, long number, Instant time) {
        var random = new SplittableRandom(number);
        json.append("{\"specversion\":\"1.0\",\"id\":\"event-")
                .append(number)
                .append("\",\"source\":\"benchmark\",\"type\":\"request\",\"subject\":\"customer-")
                .append(random.nextInt(SUBJECTS))
                .append("\",\"time\":\"")
                .append(time)
                .append("\",\"data\":{\"tokens\":")
                .append(random.nextInt(10_000))
                .append(",\"model\":\"model-")
                .append(random.nextInt(4))
                .append("\",\"region\":\"region-")
                .append(random.nextInt(3))
                .append("\",\"duration_ms\":\"")
                .append(random.nextInt(1000))
                .append(".5\"}}");
    }

    /** Creates three meters on the event type, one of them with two group-by keys. */
    static void meters(Service service) throws Exception {
        service.meter("{\"slug\":\"requests\",\"aggregation\":\"COUNT\",\"eventType\":\"request\"}");
        service.meter(
                "{\"slug\":\"tokens\",\"aggregation\":\"SUM\",\"eventType\":\"request\",\"valueProperty\":\"$.tokens\","
                        + "\"groupBy\":{\"model\":\"$.model\",\"region\":\"$.region\"}}");
        service.meter("{\"slug\":\"slowest\",\"aggregation\":\"MAX\",\"eventType\":\"request\","
                + "\"valueProperty\":\"$.duration_ms\"}");
    }
}
