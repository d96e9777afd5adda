/** The service on Azure Functions. The starter has the triggers; settings enable those that the service needs. */
package com.example.orders.azure;
