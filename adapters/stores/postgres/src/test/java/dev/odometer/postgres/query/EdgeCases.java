package dev.odometer.postgres.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Zones, times near changes of their offsets, and values of events at the edges of what is counted. */
final class EdgeCases {

    static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/Los_Angeles",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "America/Sao_Paulo",
            "Africa/Cairo",
            "Pacific/Apia",
            "Africa/Monrovia",
            "Africa/Casablanca",
            "Pacific/Chatham",
            "Europe/Amsterdam",
            "America/Havana");
    static final List<String> ANCHORS = List.of(
            "2025-03-30T00:30:00Z",
            "2025-11-02T08:59:00Z",
            "2026-01-31T23:59:30Z",
            "1972-01-07T00:40:00Z",
            "2011-12-30T10:00:00Z",
            "2006-10-29T02:31:00Z",
            "2018-11-04T02:30:00Z",
            "2026-02-28T23:00:00Z",
            "1969-12-31T23:59:59Z",
            "1937-06-30T23:00:00Z",
            "2025-04-05T14:45:00Z",
            "2026-02-15T01:59:00Z");
    static final List<Object> VALUES = new ArrayList<>();

    static {
        Collections.addAll(
                VALUES,
                new BigDecimal("0.1"),
                new BigInteger("9007199254740993"),
                "12.50",
                "-3",
                "1e3",
                "NaN",
                "Inf",
                true,
                List.of(1),
                Map.of(),
                new BigDecimal("1E+999"),
                "x",
                "123456789012345678901234567890.5",
                "0",
                BigInteger.ONE,
                "",
                new BigDecimal("-0.000001"));
        VALUES.add(null);
    }

    private EdgeCases() {}
}
