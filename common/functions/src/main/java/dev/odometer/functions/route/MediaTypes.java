package dev.odometer.functions.route;

/** The media types that routes consume and produce, without parameters, since clients compare them literally. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String CSV = "text/csv";
    public static final String PROBLEM = "application/problem+json";
    public static final String CLOUD_EVENT = "application/cloudevents+json";
    public static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

    private MediaTypes() {}
}
