/*
id: shippo_track
title: Shippo tracking
vendor_page: https://docs.goshippo.com/docs/tracking/tracking/
format: json
columns:
  "tracking_number | data.tracking_number": VARCHAR
  "carrier | data.carrier": VARCHAR
  "address_to.city | data.address_to.city": VARCHAR
  "address_to.state | data.address_to.state": VARCHAR
  "address_to.zip | data.address_to.zip": VARCHAR
  "address_to.country | data.address_to.country": VARCHAR
  "tracking_status | data.tracking_status": JSON
  "tracking_history | data.tracking_history": JSON
item_id:
set_aside:
  no tracking number: >-
    tracking_number IS NULL
  no word of its way: >-
    tracking_status IS NULL
adds:
ignores:
  - address_from
  - eta
  - event
  - messages
  - metadata
  - original_eta
  - servicelevel
  - test
  - transaction
  - carrier_account
  - data.address_from
  - data.eta
  - data.messages
  - data.metadata
  - data.original_eta
  - data.servicelevel
  - data.test
  - data.transaction
into: [shipment]
*/
-- into: shipment
SELECT
  item, tracking_number AS shipment_id, carrier, address_to_city AS city, address_to_state AS region, address_to_zip AS postal_code, address_to_country AS country,
  day_of(coalesce(said(json_text(tracking_history, '$[0].status_date')), said(json_text(tracking_status, '$.status_date')))) AS shipped_on,
  CASE WHEN json_text(tracking_status, '$.status') = 'DELIVERED' THEN day_of(json_text(tracking_status, '$.status_date')) END AS delivered_on,
  CASE WHEN json_text(tracking_status, '$.status') = 'DELIVERED' AND lower(said(json_text(tracking_status, '$.location.city'))) <> lower(address_to_city) THEN said(json_text(tracking_status, '$.location.city')) END AS redirect_city,
  CASE WHEN json_text(tracking_status, '$.status') = 'DELIVERED' AND lower(said(json_text(tracking_status, '$.location.city'))) <> lower(address_to_city) THEN said(json_text(tracking_status, '$.location.state')) END AS redirect_region,
  CASE WHEN json_text(tracking_status, '$.status') = 'DELIVERED' AND lower(said(json_text(tracking_status, '$.location.city'))) <> lower(address_to_city) THEN said(json_text(tracking_status, '$.location.zip')) END AS redirect_postal_code
FROM raw
