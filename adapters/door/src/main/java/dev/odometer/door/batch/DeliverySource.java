package dev.odometer.door.batch;

/** The channel of items, and the queue, topic or stream that they came from, as its platform calls it. */
public record DeliverySource(String channel, String origin) {}
