package dev.odometer.api.notifications;

import java.util.List;

/** A page of a list, and how many there are in all. */
public record Listed<T>(long totalCount, int page, int pageSize, List<T> items) {}
