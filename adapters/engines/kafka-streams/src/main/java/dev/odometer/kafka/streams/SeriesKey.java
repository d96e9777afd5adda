package dev.odometer.kafka.streams;

import dev.odometer.metering.meter.Aggregation;
import java.util.List;

/**
 * A series of a meter: its events of one subject with the same group values.
 *
 * @param rollup the number of the meter's rollup, which no other meter ever gets
 */
record SeriesKey(long rollup, Aggregation aggregation, String subject, List<String> groups) {

    private static final int VERSION = 1;

    byte[] bytes() {
        return new Binary.Writer()
                .tiny(VERSION)
                .large(rollup)
                .text(aggregation.name())
                .text(subject)
                .texts(groups)
                .bytes();
    }

    static SeriesKey of(byte[] bytes) {
        var reader = new Binary.Reader(bytes).version(VERSION);
        return new SeriesKey(reader.large(), Aggregation.valueOf(reader.text()), reader.text(), reader.texts());
    }
}
