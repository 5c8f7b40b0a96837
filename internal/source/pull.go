package source

import (
	"context"
	"fmt"
)

// mostRequests bounds a pull: a service whose pages never end is broken.
const mostRequests = 20000

// Pull asks for everything that a connector needs, page by page, and gives the
// answers in the order of the requests. told is called after each.
func (c *Client) Pull(ctx context.Context, k *Connector, q *Query, m Memory, told func(done, known int)) ([]Answer, []Part, error) {
	first, err := k.Requests(q)
	if err != nil {
		return nil, nil, err
	}
	return c.pullAll(ctx, k, q, m, first, k.Next, told)
}

// Describe asks what series and units are called.
func (c *Client) Describe(ctx context.Context, k *Connector, q *Query, m Memory, told func(done, known int)) (*Harvest, error) {
	first, err := k.Describe.Requests(q)
	if err != nil {
		return nil, err
	}
	_, parts, err := c.pullAll(ctx, k, q, m, first, nil, told)
	if err != nil {
		return nil, err
	}
	return k.Describe.Parse(q, parts)
}

func (c *Client) pullAll(ctx context.Context, k *Connector, q *Query, m Memory, first []Request,
	next func(*Query, *Part) (*Request, error), told func(done, known int),
) ([]Answer, []Part, error) {
	var answers []Answer
	var parts []Part
	asked := map[string]*Answer{} // one table may hold several series
	for i, r := range first {
		pages := map[string]bool{}
		for follow := &r; follow != nil; {
			if pages[follow.URL] {
				return nil, nil, badAnswer(follow.URL, "the pages of the answer lead in a circle", "try again later")
			}
			if pages[follow.URL] = true; len(parts) > mostRequests {
				return nil, nil, badAnswer(follow.URL, fmt.Sprintf("the answer has more than %d pages", mostRequests), "ask for fewer years or series")
			}
			a, err := asked[follow.URL], error(nil)
			if a == nil {
				a, err = c.Fetch(ctx, k, *follow, m)
			}
			if err != nil {
				return nil, nil, err
			}
			asked[follow.URL] = a
			p := Part{Request: *follow, Type: a.Type, Body: a.Body}
			answers, parts = append(answers, *a), append(parts, p)
			told(len(parts), len(parts)+len(first)-i-1)
			if follow = nil; next != nil && p.Role == "" {
				if follow, err = next(q, &p); err != nil {
					return nil, nil, err
				}
			}
		}
	}
	return answers, parts, nil
}
