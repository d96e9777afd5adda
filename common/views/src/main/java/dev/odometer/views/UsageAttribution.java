package dev.odometer.views;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subjects whose usage is a customer's, beside the one that equals its key. */
public record UsageAttribution(@Nullable List<String> subjectKeys) {}
