/*
id: easypost_tracker
title: EasyPost trackers
vendor_page: https://docs.easypost.com/docs/trackers
format: json
columns:
  "tracking_code | result.tracking_code": VARCHAR
  "carrier | result.carrier": VARCHAR
  "signed_by | result.signed_by": VARCHAR
  "tracking_details | result.tracking_details": JSON
  "carrier_detail.destination_location | result.carrier_detail.destination_location": VARCHAR
  "updated_at | result.updated_at": VARCHAR
item_id: [tracking_code+updated_at]
set_aside:
  no tracking code: >-
    tracking_code IS NULL
  no detail of its way: >-
    tracking_details IS NULL OR tracking_details = '[]'
adds:
ignores:
  - carrier_detail.alternate_identifier
  - carrier_detail.container_type
  - carrier_detail.est_delivery_date_local
  - carrier_detail.est_delivery_time_local
  - carrier_detail.guaranteed_delivery_date
  - carrier_detail.initial_delivery_attempt
  - carrier_detail.object
  - carrier_detail.origin_location
  - carrier_detail.origin_tracking_location
  - carrier_detail.destination_tracking_location
  - carrier_detail.service
  - created_at
  - delivery_evidence
  - description
  - est_delivery_date
  - fees
  - finalized
  - id
  - is_return
  - mode
  - object
  - pending_urls
  - previous_attributes
  - public_url
  - completed_urls
  - shipment_id
  - status
  - status_detail
  - user_id
  - weight
  - result.created_at
  - result.est_delivery_date
  - result.fees
  - result.finalized
  - result.id
  - result.is_return
  - result.mode
  - result.object
  - result.public_url
  - result.shipment_id
  - result.status
  - result.status_detail
  - result.weight
  - result.carrier_detail.service
into: [shipment]
*/
-- first: detail
SELECT item, d.n, instant(json_text(d.piece, '$.datetime')) AS seen_at, lower(json_text(d.piece, '$.status')) AS status, lower(concat_ws(' ', json_text(d.piece, '$.message'), json_text(d.piece, '$.status_detail'))) AS said_of,
       said(json_text(d.piece, '$.tracking_location.city')) AS city, said(json_text(d.piece, '$.tracking_location.state')) AS region, said(json_text(d.piece, '$.tracking_location.zip')) AS postal_code
FROM (SELECT item, explode(pieces(tracking_details)) AS d FROM raw) AS way

-- into: shipment
-- Where it was sent anew, the place at which it was handed over is that of the new address.
SELECT
  r.item, r.tracking_code AS shipment_id, r.carrier, r.signed_by AS recipient, part_of(r.carrier_detail_destination_location, '^(.*) [A-Z]{2},') AS city,
  part_of(r.carrier_detail_destination_location, ' ([A-Z]{2}),') AS region, part_of(r.carrier_detail_destination_location, ', ([0-9-]+)$') AS postal_code,
  w.shipped_on, w.delivered_on, w.redirect_city, w.redirect_region, w.redirect_postal_code
FROM raw AS r JOIN (
  SELECT item, CAST(min(seen_at) AS DATE) AS shipped_on, CAST(min(CASE WHEN status = 'delivered' THEN seen_at END) AS DATE) AS delivered_on,
         CASE WHEN bool_or(said_of LIKE '%redirect%' OR said_of LIKE '%forwarded%' OR said_of LIKE '%address_correction%') THEN max_by(city, CASE WHEN city IS NOT NULL THEN in_order(seen_at, n) END) END AS redirect_city,
         CASE WHEN bool_or(said_of LIKE '%redirect%' OR said_of LIKE '%forwarded%' OR said_of LIKE '%address_correction%') THEN max_by(region, CASE WHEN city IS NOT NULL THEN in_order(seen_at, n) END) END AS redirect_region,
         CASE WHEN bool_or(said_of LIKE '%redirect%' OR said_of LIKE '%forwarded%' OR said_of LIKE '%address_correction%') THEN max_by(postal_code, CASE WHEN city IS NOT NULL THEN in_order(seen_at, n) END) END AS redirect_postal_code
  FROM detail GROUP BY item) AS w ON w.item = r.item
