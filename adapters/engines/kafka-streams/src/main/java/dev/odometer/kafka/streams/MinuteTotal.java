package dev.odometer.kafka.streams;

import dev.odometer.postgres.rollup.Accumulator;

/** The binary form of the total of a series and minute. */
final class MinuteTotal {

    private static final int VERSION = 1;

    private MinuteTotal() {}

    static byte[] bytes(Accumulator.Total total) {
        return new Binary.Writer()
                .tiny(VERSION)
                .large(total.count())
                .decimal(total.amount())
                .large(total.firstAt())
                .large(total.lastAt())
                .large(total.lastPosition())
                .bytes();
    }

    static Accumulator.Total of(byte[] bytes) {
        var reader = new Binary.Reader(bytes).version(VERSION);
        return new Accumulator.Total(reader.large(), reader.decimal(), reader.large(), reader.large(), reader.large());
    }
}
