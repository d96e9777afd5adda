package dev.odometer.views;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subjects whose usage belongs to a customer, in addition to the subject that equals its key. */
public record UsageAttribution(@Nullable List<String> subjectKeys) {}
