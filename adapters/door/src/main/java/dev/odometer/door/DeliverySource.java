package dev.odometer.door;

/** Where items come from and go to: the channel, and the queue, topic or stream as its platform calls it. */
public record DeliverySource(String channel, String origin) {}
